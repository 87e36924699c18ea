package main

import (
	"context"
	"crypto/tls"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"
)

// lines runs the server with some flags and returns what it says first, until the
// context ends.
func lines(t *testing.T, ctx context.Context, ended chan<- int, flags ...string) (said []string) {
	t.Helper()
	out := line{make(chan string, 16)}
	args := append([]string{"serve", "--no-open", "--listen", "127.0.0.1:0", "--speaker", "none"}, flags...)
	go func() { ended <- run(ctx, args, nil, out, io.Discard) }()
	for len(said) < 2 {
		select {
		case one := <-out.lines:
			said = append(said, one)
		case <-time.After(10 * time.Second):
			t.Fatalf("it says %q and no more", said)
		}
	}
	return said
}

// TestServeWithTheNetwork: it says where devices find it and until when; and begun
// again on the same day it is there again, unasked.
func TestServeWithTheNetwork(t *testing.T) {
	data := t.TempDir()
	usual := []string{"--data", data, "--network-address", "127.0.0.1", "--secure-port", "0", "--plain-port", "0"}
	for _, flags := range [][]string{append([]string{"--network"}, usual...), usual} {
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan int, 1)
		said := lines(t, ctx, ended, flags...)
		at := regexp.MustCompile(`https://127\.0\.0\.1:\d+`).FindString(said[1])
		if at == "" || !strings.HasPrefix(said[1], "Until ") {
			t.Fatalf("it says %q", said)
		}
		client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
		res, err := client.Get(at + "/api/me")
		if err != nil {
			t.Fatal(err)
		}
		if res.Body.Close(); res.StatusCode != http.StatusUnauthorized {
			t.Errorf("a stranger: %s", res.Status)
		}
		stop()
		if code := <-ended; code != 0 {
			t.Errorf("it ended with %d", code)
		}
		if _, err := client.Get(at + "/api/me"); err == nil {
			t.Error("its door is open after it has ended")
		}
	}
}
