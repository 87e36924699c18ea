package server

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stillpoint/internal/room"
	"stillpoint/internal/wire"
)

func TestGuard(t *testing.T) {
	post := map[string]string{"Origin": origin, "Content-Type": "application/json"}
	with := func(more ...string) map[string]string {
		h := map[string]string{}
		for k, v := range post {
			h[k] = v
		}
		for i := 0; i < len(more); i += 2 {
			h[more[i]] = more[i+1]
		}
		return h
	}
	served(t, func(t *testing.T, p *pipes) {
		for _, c := range []struct {
			name, method, path string
			header             map[string]string
			want               int
		}{
			{"a plain read", "GET", "/api/scripts", nil, 200},
			{"by another name of this computer", "GET", "/api/scripts", map[string]string{"Host": "localhost:7411"}, 200},
			{"a name rebound to us", "GET", "/", map[string]string{"Host": "evil.example:7411"}, 421},
			{"the right name, another port", "GET", "/", map[string]string{"Host": "127.0.0.1:80"}, 421},
			{"no port", "GET", "/", map[string]string{"Host": "127.0.0.1"}, 421},
			{"a longer name", "GET", "/", map[string]string{"Host": "127.0.0.1.evil.example:7411"}, 421},
			{"a read from another site", "GET", "/api/scripts", map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, 403},
			{"a read from another port here", "GET", "/api/scripts", map[string]string{"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"}, 403},
			{"a link followed from elsewhere", "GET", "/", map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, 200},
			{"framed from elsewhere", "GET", "/", map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}, 403},
			{"a change", "POST", "/api/sessions", post, 201},
			{"a change without an Origin", "POST", "/api/sessions", map[string]string{"Content-Type": "application/json"}, 403},
			{"a change from another site", "POST", "/api/sessions", with("Origin", "http://evil.example"), 403},
			{"a change from another port here", "POST", "/api/sessions", with("Origin", "http://127.0.0.1:8000"), 403},
			{"a change from a name that begins like ours", "POST", "/api/sessions", with("Origin", origin+".evil.example"), 403},
			{"a change a browser says is from elsewhere", "POST", "/api/sessions", with("Sec-Fetch-Site", "same-site"), 403},
			{"another method", "DELETE", "/api/scripts", post, 405},
			{"out of the folder", "GET", "/..%2f..%2fetc%2fpasswd", nil, 404},
			{"an unknown page for a person", "GET", "/nowhere", map[string]string{"Accept": "text/html"}, 303},
		} {
			if got, _, body := get(t, p, c.method, c.path, c.header, `{"script":"grounding"}`); got != c.want {
				t.Errorf("%s: %d, want %d: %.200s", c.name, got, c.want, body)
			}
		}
		_, h, _ := get(t, p, "GET", "/", nil, "")
		for _, want := range []string{"default-src 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"} {
			if !strings.Contains(h.Get("Content-Security-Policy"), want) {
				t.Errorf("the policy lacks %s", want)
			}
		}
	})
}

func TestSessionsOverHTTP(t *testing.T) {
	header := map[string]string{"Origin": origin}
	served(t, func(t *testing.T, p *pipes) {
		for body, want := range map[string]int{
			`{"script":"feet-first"}`: 201,
			`{"script":"feet-first","settings":{"length":300000,"leaveOut":["palm"]}}`: 201,
			`{"script":"feet-first","settings":{"length":3000}}`:                       422,
			`{"script":"feet-first","settings":{"leaveOut":["wing"]}}`:                 400,
			`{"script":"feet-fist"}`:                         404,
			`{"script":"feet-first","room":"No Such Name!"}`: 400,
			`not json`: 400,
			`{"script":"` + strings.Repeat("x", 40<<10) + `"}`: 400,
		} {
			if got, _, answer := get(t, p, "POST", "/api/sessions", header, body); got != want {
				t.Errorf("%.60s: %d, want %d: %s", body, got, want, answer)
			}
		}
		_, _, answer := get(t, p, "POST", "/api/sessions", header, `{"script":"treatment-60","room":"two"}`)
		var made struct{ ID string }
		if err := json.Unmarshal([]byte(answer), &made); err != nil || made.ID == "" {
			t.Fatalf("%s: %v", answer, err)
		}
		status, _, answer := get(t, p, "GET", "/api/sessions/"+made.ID, nil, "")
		if status != 200 || !strings.Contains(answer, `"state":"ready"`) || strings.Contains(answer, `"kind":"guide"`) {
			t.Errorf("%d %.300s", status, answer)
		}
	})
}

// What is coming can be seen beforehand, as it is chosen, and nothing is loaded by looking.
func TestTimelineBeforehand(t *testing.T) {
	header := map[string]string{"Origin": origin}
	servedWith(t, func(t *testing.T, p *pipes, s *Server) {
		for body, want := range map[string]int{
			`{"script":"feet-first"}`:                                  200,
			`{"script":"feet-first","settings":{"length":3000}}`:       422,
			`{"script":"feet-first","settings":{"leaveOut":["wing"]}}`: 400,
			`{"script":"feet-fist"}`:                                   404,
			`not json`:                                                 400,
		} {
			if got, _, answer := get(t, p, "POST", "/api/timeline", header, body); got != want {
				t.Errorf("%.60s: %d, want %d: %s", body, got, want, answer)
			}
		}
		_, _, answer := get(t, p, "POST", "/api/timeline", header, `{"script":"feet-first","settings":{"length":720000,"leaveOut":["toes"]}}`)
		var seen wire.Timeline
		if err := json.Unmarshal([]byte(answer), &seen); err != nil {
			t.Fatal(err)
		}
		if seen.Length != 720_000 || len(seen.Sections) == 0 || strings.Contains(answer, `"toes`) {
			t.Errorf("%d ms, %d sections: %.300s", seen.Length, len(seen.Sections), answer)
		}
		if _, _, answer := get(t, p, "POST", "/api/timeline", header, `{"script":"treatment-60"}`); strings.Contains(answer, `"kind":"guide"`) {
			t.Error("the guide’s private cues are told")
		}
		if home, err := s.House.Room(room.Home); err != nil || home.Session() != "" {
			t.Errorf("looking made a session: %v %v", home, err)
		}
	})
}

// A plan written while the server runs is there at once, with its faults; without one there is nothing to do.
func TestPlan(t *testing.T) {
	servedWith(t, func(t *testing.T, p *pipes, s *Server) {
		for _, c := range []struct{ folder, page, want string }{
			{"", "", `{"folder":"","from":"","note":"","items":[]}`},
			{t.TempDir(), "", `{"folder":"FOLDER","from":"","note":"","items":[]}`},
			{t.TempDir(), "from: Maria\ngrounding, three times a week, 5 min\nfeet-fist\n", `{"folder":"FOLDER","from":"Maria","note":"","items":[` +
				`{"script":"grounding","title":"Come back to the room","times":3,"length":300000}],"faults":["plan.txt:3: “feet-fist” is no script here, or has faults of its own. Try: stillpoint list"]}`},
		} {
			s.Data = c.folder
			if c.page != "" {
				if err := os.WriteFile(filepath.Join(c.folder, planFile), []byte(c.page), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want := strings.ReplaceAll(c.want, "FOLDER", c.folder)
			if status, _, got := get(t, p, "GET", "/api/plan", nil, ""); status != 200 || strings.TrimSpace(got) != want {
				t.Errorf("%d %s\nwant %s", status, got, want)
			}
		}
		if _, _, health := get(t, p, "GET", "/healthz", nil, ""); strings.Contains(health, s.Data) {
			t.Errorf("whoever asks after us is told of the person’s folder: %s", health)
		}
	})
}

func TestTrack(t *testing.T) {
	served(t, func(t *testing.T, p *pipes) {
		_, _, answer := get(t, p, "POST", "/api/sessions", map[string]string{"Origin": origin}, `{"script":"grounding"}`)
		var made struct{ ID string }
		if err := json.Unmarshal([]byte(answer), &made); err != nil {
			t.Fatal(err)
		}
		path := "/api/sessions/" + made.ID + "/track.wav"
		status, h, whole := get(t, p, "GET", path, nil, "")
		if status != 200 || h.Get("Content-Type") != "audio/wav" || len(whole) < 60*48000*4 || whole[:4] != "RIFF" {
			t.Fatalf("%d, %d bytes, %v", status, len(whole), h)
		}
		status, h, part := get(t, p, "GET", path, map[string]string{"Range": "bytes=1000001-1000100"}, "")
		if status != 206 || part != whole[1000001:1000101] {
			t.Errorf("a range: %d %s, the same bytes: %v", status, h.Get("Content-Range"), part == whole[1000001:1000101])
		}
		for query, want := range map[string]int{"?bells=101": 400, "?breath=x": 400, "?rev=99": 409, "?rev=1&bells=0&voice=0&breath=0&ambience=0": 200} {
			if got, _, body := get(t, p, "GET", path+query, nil, ""); got != want {
				t.Errorf("%s: %d, want %d: %.100s", query, got, want, body)
			}
		}
		if got, _, _ := get(t, p, "GET", "/api/sessions/none/track.wav", nil, ""); got != 404 {
			t.Errorf("a session that is not there: %d", got)
		}
		if got, _, bell := get(t, p, "GET", "/api/bell.wav", nil, ""); got != 200 || len(bell) < 48000 {
			t.Errorf("the bell: %d, %d bytes", got, len(bell))
		}
	})
}

func TestEveryScriptHasItsFacts(t *testing.T) {
	served(t, func(t *testing.T, p *pipes) {
		_, _, answer := get(t, p, "GET", "/api/scripts", nil, "")
		var list []scriptSummary
		if err := json.Unmarshal([]byte(answer), &list); err != nil {
			t.Fatal(err)
		}
		for _, s := range list {
			if s.Title == "" || s.Summary == "" || s.Length.Want < s.Length.Min || s.Length.Want > s.Length.Max || s.Length.Min == 0 {
				t.Errorf("%+v", s)
			}
			status, _, answer := get(t, p, "GET", "/api/scripts/"+s.ID, nil, "")
			if status != 200 || !strings.Contains(answer, `"transcript":[`) {
				t.Errorf("%s: %d", s.ID, status)
			}
		}
		if status, _, answer := get(t, p, "GET", "/api/scripts/feet-frist", nil, ""); status != 404 || !strings.Contains(answer, "feet-first") {
			t.Errorf("%d %s", status, answer)
		}
	})
}
