package server

import (
	"context"
	"encoding/json"
	"errors"

	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"stillpoint/internal/audio"
	"stillpoint/internal/script"
	"stillpoint/internal/session"
	"stillpoint/internal/timeline"
)

var fromHere = map[string]string{"Origin": origin}

// ask has a file made and says what came.
func ask(t *testing.T, p *pipes, body string) (status int, id, answer string) {
	t.Helper()
	status, _, answer = get(t, p, "POST", "/api/files", fromHere, body)
	var made struct{ ID string }
	if status == 202 {
		if err := json.Unmarshal([]byte(answer), &made); err != nil || made.ID == "" {
			t.Fatalf("%s: %v", answer, err)
		}
	}
	return status, made.ID, answer
}

// how says how far a file is.
func how(t *testing.T, p *pipes, id string) (f fileSeen) {
	t.Helper()
	status, _, answer := get(t, p, "GET", "/api/files/"+id, nil, "")
	if err := json.Unmarshal([]byte(answer), &f); status != 200 || err != nil {
		t.Fatalf("%d %s %v", status, answer, err)
	}
	return f
}

// made waits until a file is no longer being made.
func made(t *testing.T, p *pipes, id string) fileSeen {
	t.Helper()
	for range 1000 {
		if f := how(t, p, id); f.State != making {
			return f
		}
		time.Sleep(100 * time.Millisecond) // of the bubble
	}
	t.Fatal("it is never ready")
	return fileSeen{}
}

// held keeps every making waiting until it is let go.
func held(s *Server) (letGo func()) {
	gate := make(chan struct{})
	s.Prepare = func(ctx context.Context, _ *script.Script, set timeline.Settings) (timeline.Settings, error) {
		select {
		case <-gate:
			return set, nil
		case <-ctx.Done():
			return set, ctx.Err()
		}
	}
	return func() { close(gate) }
}

func TestFileToTakeHome(t *testing.T) {
	servedWith(t, func(t *testing.T, p *pipes, s *Server) {
		for format, kind := range map[audio.Format]string{audio.WAV: "audio/wav", audio.FLAC: "audio/flac", audio.MP3: "audio/mpeg"} {
			status, id, answer := ask(t, p, `{"script":"grounding","format":"`+string(format)+`","mix":{"voice":0,"bells":80,"breath":80,"ambience":0}}`)
			if status != 202 {
				t.Fatalf("%d %s", status, answer)
			}
			f := made(t, p, id)
			if f.State != ready || f.Done != f.Of || f.Of < 60*48000 || f.Size == 0 || !strings.HasSuffix(f.Name, "."+string(format)) || f.Why != "" {
				t.Errorf("%+v", f)
			}
			path := "/api/files/" + id + "/" + strings.ReplaceAll(f.Name, " ", "%20")
			status, h, body := get(t, p, "GET", path, nil, "")
			if status != 200 || int64(len(body)) != f.Size || h.Get("Content-Type") != kind || h.Get("Content-Disposition") != `attachment; filename="`+f.Name+`"` {
				t.Errorf("%d, %d bytes, %v", status, len(body), h)
			}
			if status, _, part := get(t, p, "GET", path, map[string]string{"Range": "bytes=100-199"}, ""); status != 206 || part != body[100:200] {
				t.Errorf("a range: %d", status)
			}
			if status, _, _ := get(t, p, "GET", "/api/files/"+id+"/other.wav", nil, ""); status != 404 {
				t.Errorf("by another name: %d", status)
			}
		}
	})
}

func TestFilesAreRefused(t *testing.T) {
	served(t, func(t *testing.T, p *pipes) {
		for body, want := range map[string]int{
			`{"script":"grounding","format":"ogg"}`:                                   400,
			`{"script":"grounding"}`:                                                  400,
			`{"script":"grounding","format":"wav","mix":{"bells":101}}`:               400,
			`{"script":"grounding","format":"wav","mix":{"tone":"loud"}}`:             400,
			`{"script":"feet-first","format":"wav","settings":{"leaveOut":["wing"]}}`: 400,
			`{"script":"feet-first","format":"wav","settings":{"length":3000}}`:       422,
			`{"script":"feet-fist","format":"wav"}`:                                   404,
			`not json`:                                                                400,
			`{"script":"` + strings.Repeat("x", 40<<10) + `","format":"wav"}`:         400,
		} {
			if status, _, answer := ask(t, p, body); status != want || !strings.Contains(answer, `"text":"`) {
				t.Errorf("%.60s: %d, want %d: %s", body, status, want, answer)
			}
		}
		if status, _, _ := get(t, p, "POST", "/api/files", nil, `{"script":"grounding","format":"wav"}`); status != 403 {
			t.Errorf("without an Origin: %d", status)
		}
		if status, _, _ := get(t, p, "DELETE", "/api/files/x", nil, ""); status != 403 {
			t.Errorf("taken away without an Origin: %d", status)
		}
		if f := how(t, p, "x"); f.State != gone || f.Why != goneFile {
			t.Errorf("one that never was: %+v", f)
		}
	})
}

func TestFilesAreBounded(t *testing.T) {
	servedWith(t, func(t *testing.T, p *pipes, s *Server) {
		letGo := held(s)
		const body = `{"script":"grounding","format":"flac"}`
		_, first, _ := ask(t, p, body)
		_, second, _ := ask(t, p, body)
		if status, _, answer := ask(t, p, body); status != 503 || !strings.Contains(answer, `"code":"full"`) {
			t.Errorf("a third at once: %d %s", status, answer)
		}
		get(t, p, "DELETE", "/api/files/"+second, fromHere, "")
		synctest.Wait()
		if f := how(t, p, second); f.State != gone {
			t.Errorf("cancelled: %+v", f)
		}
		letGo()
		ids := []string{first}
		made(t, p, first)
		for range 4 { // each when the one before is ready
			_, id, answer := ask(t, p, body)
			if id == "" {
				t.Fatal(answer)
			}
			made(t, p, id)
			ids = append(ids, id)
		}
		for i, id := range ids {
			if f := how(t, p, id); (f.State == ready) != (i > 0) {
				t.Errorf("file %d of five: %+v", i, f)
			}
		}
		if kept, _ := os.ReadDir(s.files.folder); len(kept) != maxFiles {
			t.Errorf("%d files lie on the disk", len(kept))
		}
	})
}

func TestFilesAreForgotten(t *testing.T) {
	var folder string
	servedWith(t, func(t *testing.T, p *pipes, s *Server) {
		_, id, _ := ask(t, p, `{"script":"grounding","format":"flac"}`)
		f := made(t, p, id)
		folder = s.files.folder
		if mode, err := os.Stat(folder); err != nil || mode.Mode().Perm() != 0o700 {
			t.Errorf("the folder: %v, %v", mode, err)
		}
		time.Sleep(keepFile - time.Minute)
		if f := how(t, p, id); f.State != ready {
			t.Errorf("a minute too soon: %+v", f)
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		if f := how(t, p, id); f.State != gone {
			t.Errorf("after a quarter of an hour: %+v", f)
		}
		if status, _, answer := get(t, p, "GET", "/api/files/"+id+"/"+strings.ReplaceAll(f.Name, " ", "%20"), nil, ""); status != 404 || !strings.Contains(answer, goneFile) {
			t.Errorf("%d %s", status, answer)
		}
		if kept, _ := filepath.Glob(folder + "/*"); len(kept) > 0 {
			t.Errorf("left on the disk: %v", kept)
		}
		held(s)
		ask(t, p, `{"script":"grounding","format":"flac"}`) // the server ends while it is being made
	})
	if _, err := os.Stat(folder); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder outlives the server: %v", err)
	}
}

func TestFileThatCannotBeMade(t *testing.T) {
	servedWith(t, func(t *testing.T, p *pipes, s *Server) {
		s.Prepare = func(_ context.Context, _ *script.Script, set timeline.Settings) (timeline.Settings, error) {
			return set, &session.Refusal{Code: session.NotNow, Text: "no voice here speaks Welsh"}
		}
		_, id, _ := ask(t, p, `{"script":"grounding","format":"wav"}`)
		if f := made(t, p, id); f.State != gone || f.Why != "no voice here speaks Welsh" {
			t.Errorf("%+v", f)
		}
		s.Prepare = func(_ context.Context, _ *script.Script, set timeline.Settings) (timeline.Settings, error) {
			return set, os.RemoveAll(s.files.folder)
		}
		_, id, _ = ask(t, p, `{"script":"grounding","format":"wav"}`)
		if f := made(t, p, id); f.State != gone || f.Why != brokenFile {
			t.Errorf("%+v", f)
		}
	})
}

func TestFileName(t *testing.T) {
	for title, want := range map[string]string{
		"Feet first": "Feet first.wav", "a/b\\c:d": "a b c d.wav", "..": "Session.wav", "": "Session.wav", "Füße": "Füße.wav",
		"tab\tand\nline": "tab and line.wav", strings.Repeat("x", 99): strings.Repeat("x", 60) + ".wav",
	} {
		if got := fileName(title, audio.WAV); got != want {
			t.Errorf("%q is %q, want %q", title, got, want)
		}
	}
}
