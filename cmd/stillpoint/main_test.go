package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"stillpoint/internal/audio"
)

// said runs the program and returns its exit code and what it said.
func said(t *testing.T, args ...string) (code int, out, err string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code = run(t.Context(), args, strings.NewReader(""), &stdout, &stderr)
	return code, stdout.String(), stderr.String()
}

func file(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestWhatItSays(t *testing.T) {
	good := file(t, "good.txt", "title: Good enough\n\nHello. [5]\n")
	bad := file(t, "bad.txt", "title: Bad\n\n# One\n[at wing]\n[rest -5]\n")
	data := t.TempDir()
	for _, c := range []struct {
		name string
		args []string
		code int
		out  []string // each is in what it prints
		err  []string
	}{
		{"help", []string{"help"}, 0, []string{"stillpoint print", "Anyone in the room can pause or stop it"}, nil},
		{"help in the usual way", []string{"--help"}, 0, []string{"stillpoint serve"}, nil},
		{"help of one", []string{"help", "print"}, 0, []string{"--leave-out"}, nil},
		{"help after its name", []string{"render", "--help"}, 0, []string{"-o FILE"}, nil},
		{"a word it does not know", []string{"pint"}, 2, nil, []string{"no command “pint”", "Perhaps “print”"}},
		{"a flag it does not know", []string{"print", "--lenght", "10m", "feet-first"}, 2, nil, []string{"lenght", "It is written: stillpoint print"}},
		{"version", []string{"version"}, 0, []string{"stillpoint "}, nil},
		{"list", []string{"list", "--data", data}, 0, []string{"feet-first", "10 min", "treatment-90", filepath.Join(data, "scripts")}, nil},
		{"print", []string{"print", "feet-first", "--data", data}, 0, []string{"# Arriving", "10:00.0         end", "scan    soles"}, nil},
		{"print, flags first", []string{"print", "--length", "5m", "feet-first", "--data", data}, 0, []string{"5:00.0          end"}, nil},
		{"print without a region", []string{"print", "feet-first", "--leave-out", "soles,toes", "--data", data}, 0, []string{"10:00.0         end"}, nil},
		{"print a translation", []string{"print", "feet-first.de", "--data", data}, 0, []string{"# Ankommen", "10:00.0         end", "Wenn du magst, komm zurück zu deinen Füßen"}, nil},
		{"print a file", []string{"print", good}, 0, []string{"say     Hello."}, nil},
		{"print a file with faults", []string{"print", bad}, 1, nil, []string{"bad.txt:4:", "bad.txt:5:", "Try: "}},
		{"a length it cannot have", []string{"print", "feet-first", "--length", "3m", "--data", data}, 1, nil, []string{"cannot be as short as 3 minutes", "at least 5 minutes"}},
		{"a length that is none", []string{"print", "feet-first", "--length", "soon"}, 2, nil, []string{"“soon” is not a length"}},
		{"a region that is none", []string{"print", "feet-first", "--leave-out", "wing"}, 1, nil, []string{"wing"}},
		{"a script that is none", []string{"print", "feet-frist", "--data", data}, 1, nil, []string{"no script “feet-frist”", "feet-first"}},
		{"a file that is not there", []string{"print", "nowhere/at/all.txt"}, 1, nil, []string{"no such file"}},
		{"no script", []string{"print"}, 2, nil, []string{"one script is needed"}},
		{"check", []string{"check", good}, 0, []string{"nothing to mend"}, nil},
		{"check with faults", []string{"check", good, bad}, 1, []string{"bad.txt:4:", "Try: "}, nil},
		{"check nothing", []string{"check"}, 2, nil, []string{"needs the file"}},
		{"check what is not there", []string{"check", "nowhere.txt"}, 1, nil, []string{"no such file"}},
		{"render nowhere", []string{"render", good}, 2, nil, []string{"-o"}},
		{"render to a folder that is not there", []string{"render", good, "-o", filepath.Join(data, "no", "x.wav")}, 1, nil, []string{"x.wav"}},
		{"render another kind", []string{"render", good, "-o", "x.ogg"}, 2, nil, []string{".wav, .flac or .mp3, and x.ogg does not"}},
		{"render too loud", []string{"render", good, "-o", "x.wav", "--bells", "200"}, 2, nil, []string{"0 to 100"}},
		{"listen to the world", []string{"serve", "--listen", "0.0.0.0:0", "--data", data}, 2, nil, []string{"other computers"}},
		{"open to the internet", []string{"serve", "--network", "--network-address", "8.8.8.8", "--data", data}, 2, nil, []string{"not an address of a private network"}},
		{"open to everything", []string{"serve", "--network", "--network-address", "0.0.0.0", "--data", data}, 2, nil, []string{"not an address of a private network"}},
		{"a port that is none", []string{"serve", "--network", "--plain-port", "70000", "--data", data}, 2, nil, []string{"--plain-port is a number up to 65535"}},
		{"help with the network", []string{"help", "serve"}, 0, []string{"--network ", "never open to the internet", "goes off by itself"}, nil},
		{"listen to nonsense", []string{"serve", "--listen", "here", "--data", data}, 2, nil, []string{"an address and a port"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, out, err := said(t, c.args...)
			if code != c.code {
				t.Errorf("exit code %d, want %d\n%s%s", code, c.code, out, err)
			}
			for _, want := range c.out {
				if !strings.Contains(out, want) {
					t.Errorf("does not say %q:\n%s", want, out)
				}
			}
			for _, want := range c.err {
				if !strings.Contains(err, want) {
					t.Errorf("does not complain %q:\n%s", want, err)
				}
			}
		})
	}
}

func TestPrintLeavesOut(t *testing.T) {
	_, whole, _ := said(t, "print", "feet-first")
	_, less, _ := said(t, "print", "feet-first", "--leave-out", "soles")
	if !strings.Contains(whole, "soles of your feet") || strings.Contains(less, "soles of your feet") {
		t.Error("leaving out the soles leaves a prompt about them")
	}
}

func TestRender(t *testing.T) {
	script := file(t, "short.txt", "title: Short\n\n[bell]\nHello. [5]\n")
	for ending, sign := range map[string]string{".wav": "RIFF", ".flac": "fLaC", ".mp3": "ID3"} {
		out := filepath.Join(t.TempDir(), "short"+ending)
		code, said, complained := said(t, "render", script, "-o", out)
		if code != 0 {
			t.Fatalf("%d %s", code, complained)
		}
		sound, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(string(sound), sign) || !strings.Contains(said, fmt.Sprintf("“Short”, %.1f MB", float64(len(sound))/1e6)) {
			t.Errorf("%s: %.4q…, %d bytes, %s", ending, sound, len(sound), said)
		}
		if !strings.Contains(complained, "100 %") {
			t.Errorf("%s: %q shows no progress", ending, complained)
		}
		if left, _ := filepath.Glob(filepath.Join(filepath.Dir(out), ".stillpoint-*")); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	}
}

func TestRenderCancelledLeavesNothing(t *testing.T) {
	for _, f := range audio.Formats() {
		out := filepath.Join(t.TempDir(), "x."+string(f))
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		var complained strings.Builder
		if code := run(ctx, []string{"render", "feet-first", "-o", out}, nil, io.Discard, &complained); code != 1 || !strings.Contains(complained.String(), "was not written") {
			t.Errorf("exit code %d, %s", code, complained.String())
		}
		if left, _ := os.ReadDir(filepath.Dir(out)); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	}
}

// line gives the lines a running program writes.
type line struct{ lines chan string }

func (l line) Write(b []byte) (int, error) {
	l.lines <- string(b)
	return len(b), nil
}

// serving runs the server until the test ends and returns its address.
func serving(t *testing.T, data string) (address string) {
	t.Helper()
	address, stop := servingUntil(t, data)
	t.Cleanup(stop)
	return address
}

// servingUntil runs the server until it is stopped.
func servingUntil(t *testing.T, data string) (address string, end func()) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	out, ended := line{make(chan string, 16)}, make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"serve", "--no-open", "--listen", "127.0.0.1:0", "--data", data, "--speaker", "none"}, nil, out, io.Discard)
	}()
	end = func() {
		stop()
		if code := <-ended; code != 0 {
			t.Errorf("the server ended with %d", code)
		}
	}
	select {
	case first := <-out.lines:
		_, rest, _ := strings.Cut(first, "http://")
		address, _, _ = strings.Cut(rest, " ")
	case <-time.After(10 * time.Second):
		t.Error("the server does not say where it is")
	}
	return address, end
}

func TestServe(t *testing.T) {
	data := filepath.Join(t.TempDir(), "new", "folder")
	address := serving(t, data)
	if host, _, _ := net.SplitHostPort(address); host != "127.0.0.1" {
		t.Errorf("it listens on %s", address)
	}
	res, err := http.Get("http://" + address + "/")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if page, _ := io.ReadAll(res.Body); res.StatusCode != 200 || !bytes.Contains(page, []byte("<!doctype html>")) {
		t.Errorf("%d %s", res.StatusCode, page)
	}
	if mode, err := os.Stat(data); err != nil || mode.Mode().Perm() != 0o700 {
		t.Errorf("the data folder: %v %v", mode, err)
	}

	code, _, complained := said(t, "serve", "--no-open", "--listen", "127.0.0.1:0", "--data", data, "--speaker", "none")
	if code != 1 || !strings.Contains(complained, "holds "+data) || !strings.Contains(complained, address) {
		t.Errorf("a second one on the same folder: %d %s", code, complained)
	}
	code, _, complained = said(t, "serve", "--no-open", "--listen", address, "--data", t.TempDir(), "--speaker", "none")
	if code != 1 || !strings.Contains(complained, "is taken") || !strings.Contains(complained, "--listen") {
		t.Errorf("a second one on the same port: %d %s", code, complained)
	}
}

func TestAFolderThatCannotBeUsed(t *testing.T) {
	inTheWay := file(t, "in-the-way", "a file")
	code, _, complained := said(t, "serve", "--no-open", "--listen", "127.0.0.1:0", "--data", filepath.Join(inTheWay, "data"), "--speaker", "none")
	if code != 1 || !strings.Contains(complained, "--data FOLDER") {
		t.Errorf("%d %s", code, complained)
	}
}

// TestTheTrackIsTheFile: what a browser plays is what render writes, sample for
// sample; behind them the file tells its chapters.
func TestTheTrackIsTheFile(t *testing.T) {
	data := t.TempDir()
	address := serving(t, data)
	req, err := http.NewRequest("POST", "http://"+address+"/api/sessions", strings.NewReader(`{"script":"grounding"}`))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Origin", "http://"+address)
	made, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer made.Body.Close()
	var session struct{ ID string }
	if err := json.NewDecoder(made.Body).Decode(&session); err != nil {
		t.Fatal(err)
	}
	res, err := http.Get("http://" + address + "/api/sessions/" + session.ID + "/track.wav")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	track, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(data, "grounding.wav")
	if code, _, complained := said(t, "render", "grounding", "-o", out); code != 0 {
		t.Fatal(complained)
	}
	file, _ := os.ReadFile(out)
	if len(file) <= len(track) || !bytes.Equal(file[8:len(track)], track[8:]) || !bytes.Contains(file[len(track):], []byte("adtl")) {
		t.Errorf("the track has %d bytes, the file %d, and they differ", len(track), len(file))
	}
}
