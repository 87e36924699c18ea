package server

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"stillpoint/internal/audio"
	"stillpoint/internal/script"
	"stillpoint/internal/voice"
)

// slowly is a folder of which every line takes a while to be found, and to be read,
// as an engine would take to speak it.
type slowly struct {
	fstest.MapFS
	finds, reads time.Duration // of the bubble
}

func (f slowly) Stat(name string) (fs.FileInfo, error) {
	time.Sleep(f.finds)
	return f.MapFS.Stat(name)
}

func (f slowly) ReadFile(name string) ([]byte, error) {
	if strings.HasSuffix(name, ".opus") {
		time.Sleep(f.reads)
	}
	return f.MapFS.ReadFile(name)
}

var ada = voice.Narrator{ID: "ada", Name: "Ada", About: "a voice of a test", Language: "en", Recipe: "tones"}

// narrated gives a server a narrator who says the grounding script and the sample,
// each line in its time.
func narrated(t *testing.T, s *Server, finds, reads time.Duration) {
	t.Helper()
	line, err := os.ReadFile("../pcm/testdata/tones.opus")
	if err != nil {
		t.Fatal(err)
	}
	list, err := json.Marshal([]voice.Narrator{ada})
	if err != nil {
		t.Fatal(err)
	}
	folder := fstest.MapFS{"narrators.json": {Data: list}}
	for _, text := range append(voice.Texts(mustScript(t, s, "grounding")), voice.Sample("en")) {
		folder[ada.File(text)] = &fstest.MapFile{Data: line}
	}
	if s.Voices, err = voice.New(voice.Config{Narration: slowly{folder, finds, reads}}); err != nil {
		t.Fatal(err)
	}
	s.Bank = audio.NewBank()
	s.Bank.Speech = s.Voices.Samples
}

func TestVoicesOfAScript(t *testing.T) {
	servedWith(t, func(t *testing.T, p *pipes, s *Server) {
		if status, _, answer := get(t, p, "GET", "/api/voices?script=grounding", nil, ""); status != 200 || strings.TrimSpace(answer) != `{"best":"","voices":[]}` {
			t.Errorf("where nobody speaks: %d %s", status, answer)
		}
		narrated(t, s, 0, 0)
		texts := len(voice.Texts(mustScript(t, s, "grounding")))
		want := fmt.Sprintf(`{"best":"ada","voices":[{"id":"ada","name":"Ada","about":"a voice of a test","kind":"narrated","says":%d,"of":%d}]}`, texts, texts)
		if status, _, answer := get(t, p, "GET", "/api/voices?script=grounding", nil, ""); status != 200 || strings.TrimSpace(answer) != want {
			t.Errorf("%d %s, want %s", status, answer, want)
		}
		for _, script := range []string{"", "groundling"} {
			if status, _, answer := get(t, p, "GET", "/api/voices?script="+script, nil, ""); status != 404 || !strings.Contains(answer, "unknown-script") {
				t.Errorf("%q: %d %s", script, status, answer)
			}
		}
	})
}

func TestPrepareAVoice(t *testing.T) {
	servedWith(t, func(t *testing.T, p *pipes, s *Server) {
		narrated(t, s, 0, 0)
		texts := len(voice.Texts(mustScript(t, s, "grounding")))
		for body, last := range map[string]string{
			`{"script":"grounding"}`:                   fmt.Sprintf(`{"of":%d,"said":%d,"voice":"ada"}`, texts, texts),
			`{"script":"grounding","voice":"ada"}`:     fmt.Sprintf(`{"of":%d,"said":%d,"voice":"ada"}`, texts, texts),
			`{"script":"grounding","voice":"nobody"}`:  fmt.Sprintf(`{"of":%d,"said":%d,"voice":"ada"}`, texts, texts),
			`{"script":"grounding","voice":"browser"}`: fmt.Sprintf(`{"of":%d,"said":0,"voice":"browser"}`, texts),
		} {
			status, h, answer := get(t, p, "POST", "/api/voices/prepare", fromHere, body)
			got := strings.Split(strings.TrimSpace(answer), "\n")
			if status != 200 || h.Get("Content-Type") != "application/x-ndjson" || len(got) != texts+1 || got[texts] != last {
				t.Errorf("%s: %d %v\n%s", body, status, h, answer)
				continue
			}
			for i, line := range got[:texts] {
				if want := fmt.Sprintf(`{"done":%d,"of":%d}`, i+1, texts); line != want {
					t.Errorf("%s: %s, want %s", body, line, want)
				}
			}
		}
		for body, want := range map[string]int{`{"script":"groundling"}`: 404, `not json`: 400, `{"script":"` + strings.Repeat("x", 40<<10) + `"}`: 400} {
			if status, _, answer := get(t, p, "POST", "/api/voices/prepare", fromHere, body); status != want || !strings.Contains(answer, `"text":`) {
				t.Errorf("%.40s: %d, want %d: %s", body, status, want, answer)
			}
		}
		for name, header := range map[string]map[string]string{"without an Origin": nil, "from another site": {"Origin": "http://evil.example"}} {
			if status, _, _ := get(t, p, "POST", "/api/voices/prepare", header, `{"script":"grounding"}`); status != 403 {
				t.Errorf("%s: %d", name, status)
			}
		}
	})
}

// preparing asks for a script to be made ready, and leaves the answer to be read.
func preparing(t *testing.T, p *pipes, ctx context.Context) *http.Response {
	t.Helper()
	req, err := http.NewRequestWithContext(ctx, "POST", origin+"/api/voices/prepare", strings.NewReader(`{"script":"grounding"}`))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Origin", origin)
	res, err := (&http.Transport{DialContext: p.dial, DisableKeepAlives: true}).RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// TestPreparingTakesItsTime: each line may take longer than a whole request
// otherwise may, and each is told when it is ready.
func TestPreparingTakesItsTime(t *testing.T) {
	servedWith(t, func(t *testing.T, p *pipes, s *Server) {
		const takes = 20 * time.Second
		narrated(t, s, takes, 0)
		began := time.Now()
		res := preparing(t, p, t.Context())
		defer res.Body.Close()
		if took := time.Since(began); took != 0 {
			t.Errorf("that it is taken on is said after %v", took)
		}
		lines, last := bufio.NewScanner(res.Body), time.Now()
		for done := 1; lines.Scan() && strings.HasPrefix(lines.Text(), `{"done":`); done++ {
			if took := time.Since(last); done > 1 && took != takes {
				t.Errorf("line %d came %v after the one before", done, took)
			}
			last = time.Now()
		}
		if !strings.Contains(lines.Text(), `"said":`) || lines.Err() != nil {
			t.Errorf("the last is %s: %v", lines.Text(), lines.Err())
		}
	})
}

// TestTwoPreparingAreEnough: a third is told so at once, until one of them is done
// or has gone away.
func TestTwoPreparingAreEnough(t *testing.T) {
	servedWith(t, func(t *testing.T, p *pipes, s *Server) {
		narrated(t, s, 20*time.Second, 0)
		ctx, leave := context.WithCancel(t.Context())
		defer leave()
		for range 2 {
			defer preparing(t, p, ctx).Body.Close()
		}
		began := time.Now()
		status, _, answer := get(t, p, "POST", "/api/voices/prepare", fromHere, `{"script":"grounding"}`)
		if status != 503 || !strings.Contains(answer, "Two voices are being made ready") || time.Since(began) != 0 {
			t.Errorf("%d %s after %v", status, answer, time.Since(began))
		}
		leave()
		time.Sleep(time.Hour) // what they are at
		synctest.Wait()
		if status, _, answer := get(t, p, "POST", "/api/voices/prepare", fromHere, `{"script":"grounding"}`); status != 200 {
			t.Errorf("when both are gone: %d %s", status, answer)
		}
	})
}

func TestSampleOfAVoice(t *testing.T) {
	servedWith(t, func(t *testing.T, p *pipes, s *Server) {
		narrated(t, s, 0, 0)
		const path = "/api/voices/ada/sample.wav"
		status, h, _ := get(t, p, "HEAD", path, nil, "")
		if status != 200 || h.Get("Content-Type") != "audio/wav" || h.Get("Cache-Control") != "no-store" {
			t.Errorf("%d %v", status, h)
		}
		status, _, loud := get(t, p, "GET", path, nil, "")
		if status != 200 || !strings.HasPrefix(loud, "RIFF") || h.Get("Content-Length") != fmt.Sprint(len(loud)) || energy(loud) == 0 {
			t.Errorf("%d, %d bytes, said were %s", status, len(loud), h.Get("Content-Length"))
		}
		if status, _, part := get(t, p, "GET", path, map[string]string{"Range": "bytes=50001-50100"}, ""); status != 206 || part != loud[50001:50101] {
			t.Errorf("a range: %d", status)
		}
		for query, louder := range map[string]bool{"?voice=100": true, "?voice=20": false, "?night=true": false} {
			status, _, got := get(t, p, "GET", path+query, nil, "")
			if status != 200 || (energy(got) > energy(loud)) != louder || energy(got) == energy(loud) || energy(got) == 0 {
				t.Errorf("%s: %d, louder: %v", query, status, !louder)
			}
		}
		for path, want := range map[string]int{
			"/api/voices/nobody/sample.wav":                                     404,
			"/api/voices/browser/sample.wav":                                    404,
			"/api/voices/ada/sample.wav?language=de":                            404,
			"/api/voices/ada/sample.wav?language=en-" + strings.Repeat("x", 70): 404,
			"/api/voices/" + strings.Repeat("x", 70) + "/sample.wav":            404,
			"/api/voices/ada/sample.wav?language=en-GB":                         200,
			"/api/voices/ada/sample.wav?voice=101":                              400,
		} {
			if status, _, answer := get(t, p, "GET", path, nil, ""); status != want || want != 200 && !strings.Contains(answer, `"text":`) {
				t.Errorf("%.60s: %d, want %d: %.200s", path, status, want, answer)
			}
		}
		if status, _, _ := get(t, p, "GET", path, map[string]string{"Sec-Fetch-Site": "cross-site"}, ""); status != 403 {
			t.Errorf("from another site: %d", status)
		}
	})
}

// energy is that of a WAV's samples, as far as a comparison needs it.
func energy(wav string) (sum float64) {
	for i := 44; i+1 < len(wav); i += 2 {
		x := float64(int16(uint16(wav[i]) | uint16(wav[i+1])<<8))
		sum += x * x
	}
	return sum
}

// TestASlowSample is given up before the page has.
func TestASlowSample(t *testing.T) {
	servedWith(t, func(t *testing.T, p *pipes, s *Server) {
		narrated(t, s, 0, sampleLongest+time.Second)
		if status, _, answer := get(t, p, "GET", "/api/voices/ada/sample.wav", nil, ""); status != 404 || !strings.Contains(answer, unheard) {
			t.Errorf("%d %s", status, answer)
		}
	})
}

func mustScript(t *testing.T, s *Server, id string) *script.Script {
	t.Helper()
	page, err := s.Library.Script(id)
	if err != nil {
		t.Fatal(err)
	}
	return page
}
