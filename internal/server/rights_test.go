package server

import (
	"cmp"
	"crypto/rand"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"stillpoint/internal/session"
)

// update rewrites the golden tables.
var update = flag.Bool("update", false, "rewrite testdata")

// column is one who comes, by a door and as what.
type column struct {
	name string
	door doorKind
	role session.Role // "" for a stranger
}

var columns = []column{
	{"here guide", Local, session.Guide}, {"here guest", Local, session.Guest}, {"here display", Local, session.Display}, {"here remote", Local, session.Remote},
	{"guide", Secure, session.Guide}, {"guest", Secure, session.Guest}, {"display", Secure, session.Display}, {"remote", Secure, session.Remote}, {"stranger", Secure, ""},
	{"plain guide", Plain, session.Guide}, {"plain guest", Plain, session.Guest}, {"plain display", Plain, session.Display}, {"plain remote", Plain, session.Remote}, {"plain stranger", Plain, ""},
}

// more is what a verb needs besides its name.
var more = map[session.Verb]string{
	session.Load: `,"script":"feet-first"`, session.Extend: `,"by":10000`, session.Pace: `,"to":"slower"`, session.Anchor: `,"to":"hands"`,
	session.Settings: `,"settings":{}`, session.Sound: `,"by":"none"`, session.Arm: `,"on":true`, session.SetShow: `,"show":{"what":"glow","time":false}`,
	session.SetMix: `,"mix":{"voice":80,"bells":80,"breath":80,"ambience":80,"tone":"soft"}`,
}

// scene is what a guide has done before a verb is asked for, so that it has its place.
var scene = map[session.Verb][]session.Verb{
	session.Load: nil, session.Start: {session.Load}, session.Settings: {session.Load},
	session.Resume: {session.Load, session.Start, session.Pause}, session.Return: {session.Load, session.Start, session.Stop},
	session.Bell: {session.Load}, session.Sound: {session.Load}, session.SetMix: {session.Load}, session.Arm: {session.Load}, session.SetShow: {session.Load},
}

// Every verb, of every role, at every door, over real sockets.
func TestWhoMayAskForWhat(t *testing.T) {
	var page strings.Builder
	page.WriteString("What becomes of each command, by who gives it and the door they come through.\nA device that came without encryption is a remote, or not in at all (no way in).\n\n")
	fmt.Fprintf(&page, "%-10s", "")
	for _, c := range columns {
		fmt.Fprintf(&page, " %-14s", c.name)
	}
	for _, verb := range session.Verbs() {
		fmt.Fprintf(&page, "\n%-10s", verb)
		servedWith(t, func(t *testing.T, p *pipes, s *Server) {
			local, secure, plain := ways(t, s, p)
			guide, _ := join(t, p, "guide")
			for _, c := range columns {
				set(t, guide, verb)
				fmt.Fprintf(&page, " %-14s", becomes(t, verb, c, map[doorKind]*way{Local: local, Secure: secure, Plain: plain}))
			}
		})
	}
	golden(t, "testdata/commands.txt", page.String()+"\n")
}

// set is the scene of a verb, whatever was before.
func set(t *testing.T, guide *device, verb session.Verb) {
	t.Helper()
	before, ok := scene[verb]
	if !ok {
		before = []session.Verb{session.Load, session.Start}
	}
	guide.send(`{"type":"command","do":"stop"}`)
	for _, v := range before {
		id, asked := rand.Text(), command
		if v == session.Start { // others may have halted what was before
			asked = func(id string, v session.Verb) string {
				return strings.TrimSuffix(command(id, v), "}") + `,"agreed":true}`
			}
		}
		if code := guide.do(id, asked(id, v)); code != "" {
			t.Fatalf("%s before %s: %s", v, verb, code)
		}
		time.Sleep(5 * time.Second)
	}
}

// becomes is how one cell ends.
func becomes(t *testing.T, verb session.Verb, c column, by map[doorKind]*way) string {
	t.Helper()
	d, refused := comes(t, by[c.door], by[Local], c)
	if d == nil {
		return refused
	}
	defer d.Close()
	return cmp.Or(d.do("1", command("1", verb)), "done")
}

// comes is a device of a column, joined; or why it is not.
func comes(t *testing.T, at, local *way, c column) (*device, string) {
	cookie, hello := "", `{"type":"hello"}`
	switch {
	case c.door == Local:
		hello = `{"type":"hello","role":"` + string(c.role) + `"}`
	case c.role != "":
		i := local.invite(t, "", c.role, "home")
		status, h, _ := at.ask("POST", "/api/pair", "", `{"token":"`+i.token()+`"}`)
		if status == 403 {
			return nil, "no way in"
		}
		cookie, _, _ = strings.Cut(h.Get("Set-Cookie"), ";")
	}
	d, status := at.socket(t, cookie)
	if d == nil {
		return nil, fmt.Sprint(status)
	}
	d.send(hello)
	d.next("welcome")
	return d, ""
}

func command(id string, v session.Verb) string {
	return `{"type":"command","id":"` + id + `","do":"` + string(v) + `"` + more[v] + `}`
}

// routed is every route there is, as the source says it.
func routed(t *testing.T) (list []string) {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`mux\.Handle(?:Func)?\("([^"]+)"`)
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(file, "_test.go") {
			for _, m := range found.FindAllSubmatch(body, -1) {
				list = append(list, string(m[1]))
			}
		}
	}
	slices.SortFunc(list, func(a, b string) int { return strings.Compare(pathOf(a)+a, pathOf(b)+b) })
	return list
}

func pathOf(pattern string) string { return pattern[strings.Index(pattern, " ")+1:] }

// Every route, for every role, at every door.
func TestWhoMayGoWhere(t *testing.T) {
	servedWith(t, func(t *testing.T, p *pipes, s *Server) {
		local, secure, plain := ways(t, s, p)
		guide, _ := join(t, p, "guide")
		guide.do("1", command("1", session.Load))
		home, err := s.room("home")
		if err != nil {
			t.Fatal(err)
		}
		fill := strings.NewReplacer("/api/sessions/{id}", "/api/sessions/"+home.Session(), "{id}", "none", "/track.wav", "/track.wav?rev=99", "/track.mp3", "/track.mp3?rev=99", "{room}", "home", "{name}", "none", "{moment}", "before")
		type visit struct {
			name, cookie string
			at           *way
		}
		visits := []visit{{"here", "", local}}
		for _, role := range []session.Role{session.Guide, session.Guest, session.Display, session.Remote} {
			visits = append(visits, visit{string(role), secure.pairs(t, local, role, "home").cookie, secure})
		}
		visits = append(visits, visit{"stranger", "", secure}, visit{"plain remote", plain.pairs(t, local, session.Remote, "home").cookie, plain}, visit{"plain stranger", "", plain})
		var page strings.Builder
		page.WriteString("Who may go where, by the door they come through. A number: refused, with this status.\n\n")
		fmt.Fprintf(&page, "%-48s", "")
		for _, v := range visits {
			fmt.Fprintf(&page, " %-8s", v.name)
		}
		for _, pattern := range routed(t) {
			if rights[pattern] == 0 {
				t.Errorf("%s is for nobody: say in rights whose it is", pattern)
			}
			fmt.Fprintf(&page, "\n%-48s", pattern)
			for _, v := range visits {
				method, path, _ := strings.Cut(fill.Replace(pattern), " ")
				status, _, _ := v.at.ask(method, path, v.cookie, `{}`)
				how := "yes"
				if status == 401 || status == 403 {
					how = fmt.Sprint(status)
				}
				fmt.Fprintf(&page, " %-8s", how)
			}
		}
		golden(t, "testdata/routes.txt", page.String()+"\n")
	})
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	lines := strings.Split(got, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	got = strings.Join(lines, "\n")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is otherwise; go test -update writes it anew, and what differs has to be meant:\n%s", file, got)
	}
}
