package server

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode"

	"stillpoint/internal/journal"
	"stillpoint/internal/script"
	"stillpoint/internal/session"
	"stillpoint/internal/timeline"
	"stillpoint/internal/wire"
)

// TestNinetyMinutes is a treatment as it may go: it holds where it waits and where it
// is told to, takes longer here and less there, is stopped three times by the client,
// and loses its server in the midst. Every private cue comes at its moment, once, and
// to the guide alone; and it ends when it was to.
func TestNinetyMinutes(t *testing.T) {
	treated(t, func(t *testing.T, c *clinic) {
		guide, guest := c.screen(session.Guide), c.screen(session.Guest)
		display, remote := c.screen(session.Display), c.screen(session.Remote)
		done := func(s *screen, command string) {
			t.Helper()
			if code := s.do(command); code != "" {
				t.Fatalf("%s of the %s: %s", command, s.role, code)
			}
		}
		refused := func(s *screen, command, want string) {
			t.Helper()
			if code := s.do(command); code != want {
				t.Fatalf("%s of the %s: %q, want %s", command, s.role, code, want)
			}
		}
		const agreed = `,"agreed":true`

		done(guide, `"do":"load","script":"treatment-90"`)
		done(guide, `"do":"start"`)
		time.Sleep(session.LeadIn + 15*time.Minute) // check-in, three minutes longer
		if got := c.overrun(guide); got != 3*time.Minute {
			t.Errorf("it is %v over", got)
		}
		done(guide, `"do":"go-on"`)
		time.Sleep(session.Step + 4*time.Minute + 30*time.Second) // settling, and a knock
		done(guide, `"do":"go-on"`)
		time.Sleep(session.Step + 7*time.Minute) // first touch, and the upper back

		done(guest, `"do":"pause"`)
		time.Sleep(40 * time.Second)
		refused(guide, `"do":"resume"`, session.NeedsAgreement)
		refused(remote, `"do":"resume"`, session.NotAllowed)
		done(guest, `"do":"resume"`)
		time.Sleep(session.LeadIn + 13*time.Minute) // on, and the lower back

		done(guide, `"do":"stay"`)
		time.Sleep(3 * time.Minute) // one to its end, and two more
		done(guide, `"do":"go-on"`)
		time.Sleep(session.Step + 2*time.Minute) // the legs
		done(guide, `"do":"extend","by":180000`)
		time.Sleep(11*time.Minute + 30*time.Second) // and turning over

		done(display, `"do":"stop"`)
		time.Sleep(15 * time.Second)
		refused(guide, `"do":"return"`, session.NeedsAgreement)
		done(guide, `"do":"return"`+agreed)
		refused(guide, `"do":"resume"`, session.NeedsAgreement)
		done(guide, `"do":"resume"`+agreed)
		time.Sleep(session.LeadIn + 2*time.Minute + 30*time.Second) // on, and the feet
		done(guide, `"do":"extend","by":-60000`)
		time.Sleep(6*time.Minute + 3*time.Minute + 50*time.Second) // on, and the hands

		c.away(20 * time.Second)
		time.Sleep(4*time.Minute + 50*time.Second) // on, and the shoulders
		done(remote, `"do":"pause","client":true`)
		time.Sleep(20 * time.Second)
		refused(guide, `"do":"resume"`, session.NeedsAgreement)
		done(guide, `"do":"resume"`+agreed)
		time.Sleep(session.LeadIn + time.Minute)
		if got := c.overrun(guide); got < 8*time.Minute || got > 9*time.Minute {
			t.Errorf("it is %v over", got)
		}
		done(guide, `"do":"reflow"`)
		if got := c.overrun(guide); got != 0 {
			t.Errorf("after a reflow it is %v over", got)
		}
		time.Sleep(20 * time.Minute)
		synctest.Wait()

		s := c.state()
		if end := s.Began + s.Planned; s.Transport.At != end || s.Why != string(session.End) {
			t.Errorf("it is %s, why %s, since %v and was to end at %v", s.Transport.State, s.Why, s.Transport.At, end)
		}
		golden(t, "testdata/ninety-minutes.txt", c.told(guide))
		c.nothingOfTheGuides(guest, display, remote)
		eachOnce(t, s.Script, guide)
		c.savedByWish(s.ID, guide)
	})
}

// savedByWish fails if anything of a session is kept before somebody saves it, or what
// is saved is not what happened.
func (c *clinic) savedByWish(id string, guide *screen) {
	if kept := c.kept(); !slices.Equal(kept, []string{"rooms.json"}) {
		c.t.Errorf("kept without a wish: %v", kept)
	}
	c.post("/api/rooms/"+clinicRoom+"/save", `{"codeName":"Wren"}`)
	e, err := c.journal.Entry(c.t.Context(), id)
	if err != nil || e.CodeName != "Wren" || e.Pauses != 2 || e.Ended != journal.Finished || len(e.Account) != len(guide.account.Lines) {
		c.t.Errorf("saved is %+v, %v", e, err)
	}
	if state, err := c.journal.State(c.t.Context()); err != nil || state.On || state.Count != 1 {
		c.t.Errorf("the journal is %+v, %v", state, err)
	}
}

// overrun is by how much it ends later than it was to, as a guide's screen works it out.
func (c *clinic) overrun(guide *screen) time.Duration {
	synctest.Wait()
	w := guide.session
	if w.Course == nil {
		c.t.Fatal("the guide is not told when it began")
	}
	return time.Duration(c.now().Milliseconds()+guide.timeline.Length-guide.position()-w.Began-w.Planned) * time.Millisecond
}

// eachOnce fails unless each of the script's private cues was felt once.
func eachOnce(t *testing.T, s *script.Script, guide *screen) {
	t.Helper()
	var want, got []string
	for _, item := range s.Items() {
		if g, ok := item.(script.Guide); ok {
			want = append(want, g.Text)
		}
	}
	for _, f := range guide.felt {
		got = append(got, f.text)
	}
	slices.Sort(want)
	slices.Sort(got)
	if len(want) < 30 || !slices.Equal(got, want) {
		t.Errorf("felt were\n%s\n\nand written are\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// told is all that the guide has been told, by the clock since it began.
func (c *clinic) told(guide *screen) string {
	type line struct {
		at   int64
		text string
	}
	var lines []line
	began := c.state().Began.Milliseconds()
	add := func(at, position int64, text string) {
		lines = append(lines, line{at, fmt.Sprintf("%9s %9s  %s", clock(max(0, at-began)), clock(position), text)})
	}
	for _, d := range guide.account.Lines {
		text := string(d.What)
		if d.Role != "" {
			text += ", " + string(d.Role)
		}
		if d.Client {
			text += ", the client’s key"
		}
		if d.Agreed {
			text += ", agreed"
		}
		add(d.At, d.Position, "— "+text)
	}
	for _, f := range guide.felt {
		add(f.at, f.position, f.text)
	}
	slices.SortStableFunc(lines, func(a, b line) int { return cmp.Compare(a.at, b.at) })
	page := "A treatment of ninety minutes: the clock since it began, where the session was, and what the guide was told.\n"
	for _, l := range lines {
		page += l.text + "\n"
	}
	return page
}

func clock(ms int64) string { return timeline.Clock(time.Duration(ms) * time.Millisecond) }

// nothingOfTheGuides fails if any frame sent to these holds a word that the script
// has for the guide alone, or anything else that is the guide's to know.
func (c *clinic) nothingOfTheGuides(screens ...*screen) {
	words := privateWords(c.state().Script)
	if len(words) < 50 {
		c.t.Fatalf("there are %d words to look for", len(words))
	}
	id := c.state().ID
	_, _, answer := get(c.t, c.pipes, "GET", "/api/sessions/"+id, nil, "")
	for _, s := range screens {
		if len(s.sent) < 100 || s.timeline.Length == 0 || len(s.felt) > 0 {
			c.t.Errorf("the %s was sent %d frames, and felt %d cues", s.role, len(s.sent), len(s.felt))
		}
		for _, frame := range append(s.sent, []byte(answer)) {
			lower := bytes.ToLower(frame)
			for _, w := range words {
				if bytes.Contains(lower, []byte(w)) {
					c.t.Errorf("the %s was sent %q: %.200s", s.role, w, frame)
				}
			}
		}
	}
}

// privateWords is what no guest may be sent: every private cue whole, each word of six
// letters that stands in them and nowhere else, and the names of what is a guide's.
func privateWords(s *script.Script) (words []string) {
	whole, err := timeline.Compile(s, timeline.Settings{}, timeline.ByWords)
	if err != nil {
		panic(err)
	}
	open, _ := json.Marshal(wire.TimelineOf(whole, "", 0, false))
	// Open to all are its own words and those of the wire.
	shown := strings.ToLower(string(open)) + strings.ToLower(s.Title) + " session position welcome client "
	for _, item := range s.Items() {
		g, ok := item.(script.Guide)
		if !ok {
			continue
		}
		words = append(words, strings.ToLower(g.Text))
		for _, w := range strings.FieldsFunc(strings.ToLower(g.Text), func(r rune) bool { return !unicode.IsLetter(r) }) {
			if len(w) >= 6 && !strings.Contains(shown, w) {
				words = append(words, w)
			}
		}
	}
	return append(words, `"account"`, `"began"`, `"planned"`, `"lost"`, `"kind":"guide"`)
}
