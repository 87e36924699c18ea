package server

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"stillpoint/internal/journal"
)

// put does a change over HTTP and returns its answer; the status must be the one wanted.
func put(t *testing.T, p *pipes, method, path, body string, want int) string {
	t.Helper()
	status, _, answer := get(t, p, method, path, map[string]string{"Origin": origin, "Content-Type": "application/json"}, body)
	if status != want || status >= 400 && !strings.Contains(answer, `"text":"`) {
		t.Fatalf("%s %s %.100s: %d, want %d: %.300s", method, path, body, status, want, answer)
	}
	return answer
}

// TestAJournalOverHTTP: a session is practised, noted, taken away, erased and taken in.
func TestAJournalOverHTTP(t *testing.T) {
	servedWith(t, func(t *testing.T, p *pipes, s *Server) {
		state := put(t, p, "GET", "/api/journal", "", 200)
		if want := fmt.Sprintf(`{"on":false,"place":%q,"count":0,"codeName":"","checkIn":"never"}`, s.Journal.Place()); strings.TrimSpace(state) != want {
			t.Errorf("%s, want %s", state, want)
		}
		if _, err := os.Stat(s.Journal.Place()); err == nil {
			t.Error("there is a file already")
		}
		put(t, p, "PUT", "/api/journal", `{"checkIn":"both"}`, 409)
		put(t, p, "PUT", "/api/journal", `{"on":true,"codeName":"Wren","checkIn":"both"}`, 200)

		guide, _ := join(t, p, "guide")
		guide.do("1", `{"type":"command","id":"1","do":"load","script":"feet-first"}`)
		guide.do("2", `{"type":"command","id":"2","do":"start"}`)
		time.Sleep(2 * time.Second)
		for range 3 { // a minute, in which the device is heard of
			guide.send(`{"type":"ping","t0":1}`)
			time.Sleep(20 * time.Second)
		}
		guide.do("3", `{"type":"command","id":"3","do":"stop"}`)

		var page struct {
			Entries []journal.Entry
			More    string
		}
		if err := json.Unmarshal([]byte(put(t, p, "GET", "/api/journal/entries?kind=body+scan&ended=by+choice&q=FEET&limit=1", "", 200)), &page); err != nil {
			t.Fatal(err)
		}
		if len(page.Entries) != 1 || page.Entries[0].Practised != 60_000 || page.Entries[0].CodeName != "Wren" || page.More != "" {
			t.Fatalf("%+v", page)
		}
		path := "/api/journal/entries/" + page.Entries[0].ID
		put(t, p, "PUT", path+"/checkin/after", `{"comfort":7,"regions":{"sole.left":["not_sure"]},"note":"rain"}`, 200)
		put(t, p, "PUT", path, `{"note":"by the window"}`, 200)
		if e := put(t, p, "GET", path, "", 200); !strings.Contains(e, `"note":"by the window"`) || !strings.Contains(e, `"after":{"comfort":7,"regions":{"sole.left":["not_sure"]},"note":"rain"}`) {
			t.Error(e)
		}
		if marks := put(t, p, "GET", "/api/journal/marks", "", 200); !strings.Contains(marks, `"minutes":[1]`) || !strings.Contains(marks, `"after":{"sole.left":1}`) {
			t.Error(marks)
		}
		if words := put(t, p, "GET", "/api/journal/words", "", 200); !strings.Contains(words, `"nothing","not_sure"`) || !strings.Contains(words, `"rather_not_say"`) {
			t.Error(words)
		}
		file := put(t, p, "GET", "/api/journal/export?format=json&leftOut=1", "", 200)
		if left := put(t, p, "DELETE", "/api/journal", "", 200); !strings.Contains(left, `"on":true`) || !strings.Contains(left, `"count":0,"codeName":""`) {
			t.Error(left)
		}
		put(t, p, "GET", path, "", 404)
		if done := put(t, p, "POST", "/api/journal/import", file, 200); strings.TrimSpace(done) != `{"entries":1,"new":1}` {
			t.Error(done)
		}
		if again := put(t, p, "GET", "/api/journal/export?format=json&leftOut=1", "", 200); again != file {
			t.Errorf("%s became %s", file, again)
		}
		put(t, p, "PUT", path+"/checkin/after", `{}`, 200)
		put(t, p, "DELETE", path, "", 204)
		put(t, p, "DELETE", path, "", 404)
	})
}

func TestAJournalIsTakenAway(t *testing.T) {
	servedWith(t, func(t *testing.T, p *pipes, s *Server) {
		put(t, p, "PUT", "/api/journal", `{"on":true}`, 200)
		put(t, p, "POST", "/api/journal/import", `{"version":1,"entries":[
			{"id":"a","began":"2026-11-22T07:30:00+01:00","title":"Feet first","leftOut":["chest"]},
			{"id":"b","began":"2026-11-23T07:30:00+01:00","title":"Easy breathing"}]}`, 200)
		for format, kind := range map[string]string{"csv": "text/csv; charset=utf-8", "json": "application/json", "page": "text/html; charset=utf-8"} {
			status, h, file := get(t, p, "GET", "/api/journal/export?format="+format, nil, "")
			if status != 200 || h.Get("Content-Type") != kind || !strings.HasPrefix(h.Get("Content-Disposition"), "attachment; filename=stillpoint-journal-") {
				t.Errorf("%d %v", status, h)
			}
			if !strings.Contains(file, "Feet first") || strings.Contains(file, "chest") {
				t.Errorf("%s: %s", format, file)
			}
		}
		for _, file := range []string{
			put(t, p, "GET", "/api/journal/export?format=csv&columns=id,left_out&leftOut=1&without=b", "", 200),
			put(t, p, "POST", "/api/journal/export", `{"format":"csv","columns":["id","left_out"],"leftOut":true,"without":["b"]}`, 200),
			put(t, p, "POST", "/api/journal/export", `{"format":"csv","columns":["id","left_out"],"leftOut":true,"to":"2026-11-22"}`, 200),
		} {
			if file != "id,left_out\na,chest\n" {
				t.Errorf("%q", file)
			}
		}
		page := put(t, p, "POST", "/api/journal/export", `{"format":"page","language":"de","words":{"Journal":"Tagebuch"}}`, 200)
		if !strings.Contains(page, "<h1>Tagebuch</h1>") {
			t.Error(page)
		}
	})
}

func TestAJournalRefuses(t *testing.T) {
	servedWith(t, func(t *testing.T, p *pipes, s *Server) {
		put(t, p, "POST", "/api/journal/import", `{"version":1,"entries":[]}`, 409)
		put(t, p, "PUT", "/api/journal", `{"on":true}`, 200)
		for _, c := range []struct {
			method, path, body string
			want               int
		}{
			{"PUT", "", `{"on":"yes"}`, 400},
			{"PUT", "", `{"checkIn":"often"}`, 400},
			{"PUT", "", `{"codeName":"` + strings.Repeat("x", 41) + `"}`, 400},
			{"GET", "/entries?limit=0", "", 400},
			{"GET", "/entries?limit=many", "", 400},
			{"GET", "/entries?before=x", "", 400},
			{"GET", "/entries?from=soon", "", 400},
			{"GET", "/entries?ended=badly", "", 400},
			{"GET", "/entries/none", "", 404},
			{"PUT", "/entries/none", `{"note":"x"}`, 404},
			{"PUT", "/entries/none/checkin/before", `{"comfort":3}`, 404},
			{"PUT", "/entries/none/checkin/during", `{"comfort":3}`, 400},
			{"PUT", "/entries/none/checkin/before", `{"comfort":33}`, 400},
			{"PUT", "/entries/none/checkin/before", `{"comfort":3.5}`, 400},
			{"GET", "/export", "", 400},
			{"GET", "/export?format=csv&columns=mood", "", 400},
			{"POST", "/export", `[]`, 400},
			{"POST", "/import", `[]`, 400},
		} {
			put(t, p, c.method, "/api/journal"+c.path, c.body, c.want)
		}
		from := map[string]string{"Origin": origin, "Content-Type": "text/plain"}
		if status, _, _ := get(t, p, "POST", "/api/journal/import", from, "x"); status != 415 {
			t.Errorf("another kind of file: %d", status)
		}
		for _, route := range [][2]string{{"PUT", ""}, {"DELETE", ""}, {"DELETE", "/entries/x"}, {"POST", "/import"}, {"POST", "/export"}} {
			if status, _, _ := get(t, p, route[0], "/api/journal"+route[1], nil, "{}"); status != 403 {
				t.Errorf("%v without an Origin: %d", route, status)
			}
		}
		s.imports <- struct{}{}
		put(t, p, "POST", "/api/journal/import", `{}`, 503)
		<-s.imports
	})
}

// TestAFileThatIsTooLarge: spaces are all it takes.
func TestAFileThatIsTooLarge(t *testing.T) {
	j, err := journal.Open(journal.Config{Folder: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	on := true
	if _, err := j.Choose(t.Context(), journal.Choice{On: &on}); err != nil {
		t.Fatal(err)
	}
	s := New(Config{Journal: j, Voices: silent(t), Web: fstest.MapFS{}})
	r := httptest.NewRequestWithContext(t.Context(), "POST", "/api/journal/import", io.LimitReader(spaces{}, journal.MaxImport+1))
	r.Header.Set("Content-Type", "text/csv")
	w := httptest.NewRecorder()
	s.journalImport(w, r)
	if w.Code != http.StatusRequestEntityTooLarge || !strings.Contains(w.Body.String(), "64 MB") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

type spaces struct{}

func (spaces) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = ' '
	}
	return len(b), nil
}
