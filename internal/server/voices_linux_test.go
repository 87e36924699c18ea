package server

import (
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"

	"stillpoint/internal/audio"
	"stillpoint/internal/library"
	"stillpoint/internal/voice"
)

// hanging installs an engine that never ends, nor does the one it starts. What is
// returned waits until it runs, and then until both are gone.
func hanging(t *testing.T) (here, gone func()) {
	t.Helper()
	dir := t.TempDir()
	pipe := filepath.Join(dir, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	engine := "#!/bin/sh\nexec 3>'" + pipe + "'\n/bin/sleep 600\n"
	if err := os.WriteFile(filepath.Join(dir, "espeak-ng"), []byte(engine), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir)
	var f *os.File
	here = func() {
		var err error
		if f, err = os.Open(pipe); err != nil { // it opens when somebody opens the other end
			t.Fatal(err)
		}
	}
	return here, func() {
		io.Copy(io.Discard, f) // it ends when nobody has the other end any more
		f.Close()
	}
}

// TestWhoGoesAwayEndsTheEngine: at once, and whoever the engine started.
func TestWhoGoesAwayEndsTheEngine(t *testing.T) {
	for _, leaves := range []string{"the page", "the server"} {
		here, gone := hanging(t)
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		lib, err := library.Open("")
		if err != nil {
			t.Fatal(err)
		}
		voices, err := voice.New(voice.Config{Engines: true})
		if err != nil {
			t.Fatal(err)
		}
		s := New(Config{Address: l.Addr().String(), Library: lib, Bank: audio.NewBank(), Voices: voices,
			Web: fstest.MapFS{"index.html": {Data: []byte("<!doctype html>hello")}}})
		serving, end := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- s.Serve(serving, l) }()

		asking, leave := context.WithCancel(t.Context())
		answered := make(chan string, 1)
		go func() { answered <- prepared(asking, l.Addr().String()) }()
		here()
		if leaves == "the page" {
			leave()
		} else {
			end()
		}
		gone()
		<-answered
		end()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		leave()
	}
}

func prepared(ctx context.Context, address string) string {
	req, err := http.NewRequestWithContext(ctx, "POST", "http://"+address+"/api/voices/prepare", strings.NewReader(`{"script":"grounding"}`))
	if err != nil {
		return err.Error()
	}
	req.Header.Set("Origin", "http://"+address)
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		return err.Error()
	}
	defer res.Body.Close()
	body, _ := io.ReadAll(res.Body)
	return string(body)
}
