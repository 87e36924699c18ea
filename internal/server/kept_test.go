package server

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"stillpoint/internal/library"
)

var posted = map[string]string{"Origin": origin, "Content-Type": "application/json"}

// TestComposedOverHTTP: an id that is a breath is found, read and practised.
func TestComposedOverHTTP(t *testing.T) {
	served(t, func(t *testing.T, p *pipes) {
		const id = "breathe:extend_5.5_40:60 for 5 min"
		status, _, body := get(t, p, "GET", "/api/scripts/"+url.PathEscape(id), nil, "")
		var found struct {
			scriptSummary
			Transcript []transcriptPart
		}
		if err := json.Unmarshal([]byte(body), &found); err != nil || status != 200 {
			t.Fatal(status, body, err)
		}
		if found.ID != id || found.Level != 1 || found.Holds || !found.Paced || len(found.Transcript) < 4 || found.Length.Min != found.Length.Max || found.Length.Want < 300_000 {
			t.Errorf("%+v", found)
		}
		status, _, body = get(t, p, "POST", "/api/sessions", posted, `{"script": "`+id+`"}`)
		var made struct{ ID string }
		if err := json.Unmarshal([]byte(body), &made); err != nil || status != 201 {
			t.Fatal(status, body, err)
		}
		if _, _, body = get(t, p, "GET", "/api/sessions/"+made.ID, nil, ""); !strings.Contains(body, `"script":"`+id+`"`) || !strings.Contains(body, "No need to fill up") {
			t.Errorf("%.300s", body)
		}
		status, _, body = get(t, p, "GET", "/api/scripts/"+url.PathEscape("breathe:1-1 for 5 min"), nil, "")
		if status != 404 || !strings.Contains(body, "fast breathing is never offered") {
			t.Error(status, body)
		}
	})
}

// TestKeepOverHTTP: kept, listed, practised, and taken away again.
func TestKeepOverHTTP(t *testing.T) {
	servedWith(t, func(t *testing.T, p *pipes, s *Server) {
		lib, err := library.Open(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		s.Library = lib
		status, _, body := get(t, p, "POST", "/api/scripts", posted, `{"title": "Mine", "breathe": "4-0-6-1, 6 times"}`)
		var kept scriptSummary
		if err := json.Unmarshal([]byte(body), &kept); err != nil || status != 201 {
			t.Fatal(status, body, err)
		}
		if kept.ID != "breath-mine" || kept.Source != "own" || !kept.Made || kept.Title != "Mine" || !kept.Holds {
			t.Errorf("%+v", kept)
		}
		if _, _, body := get(t, p, "GET", "/api/scripts", nil, ""); !strings.Contains(body, `"breath-mine"`) {
			t.Error("it is not in the library")
		}
		for _, c := range []struct {
			method, path, body string
			status             int
			says               string
		}{
			{"POST", "/api/scripts", `{"title": "Fast", "breathe": "1-1, 60 times"}`, 400, "fast breathing is never offered"},
			{"POST", "/api/scripts", `{"title": "Held", "breathe": "4-8.5-6-0, 6 times"}`, 400, "longer than 8 seconds"},
			{"POST", "/api/scripts", `[`, 400, "breathe"},
			{"DELETE", "/api/scripts/feet-first", "", 403, "not made here"},
			{"DELETE", "/api/scripts/nothing", "", 404, "there is no script"},
			{"DELETE", "/api/scripts/breath-mine", "", 204, ""},
			{"DELETE", "/api/scripts/breath-mine", "", 404, "there is no script"},
		} {
			if got, _, body := get(t, p, c.method, c.path, posted, c.body); got != c.status || !strings.Contains(body, c.says) {
				t.Errorf("%s %s %s: %d %s", c.method, c.path, c.body, got, body)
			}
		}
		if got, _, _ := get(t, p, "POST", "/api/scripts", nil, `{"breathe": "4-6, 6 times"}`); got != 403 {
			t.Error("kept without an Origin:", got)
		}
	})
}
