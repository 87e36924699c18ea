package journal

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"stillpoint/internal/room"
	"stillpoint/internal/script"
	"stillpoint/internal/session"
	"stillpoint/internal/timeline"
)

// long is 45 minutes of prompts, and a few breaths.
func long() string {
	var b strings.Builder
	b.WriteString("title: Forty-five minutes\nlength: 45 min (30 to 60)\nkind: body scan\n")
	for n := range 9 {
		fmt.Fprintf(&b, "\n# Part %d\n", n+1)
		for range 8 {
			b.WriteString("Attention could rest here for a while, or anywhere else that is kinder. [24]\n\n")
		}
		b.WriteString("[at soles]\nOr with the soles of your feet. [20]\n[anchor]\n[breathe extend_4_6, 6 times]\n")
	}
	return b.String()
}

// practice is a room in a bubble of its own time, and the journal that follows it.
type practice struct {
	*Journal
	t    *testing.T
	seat *room.Seat
	room *room.Room
	led  *Led
}

func practised(t *testing.T, test func(t *testing.T, p *practice)) {
	t.Helper()
	folder := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		j := turnedOn(t, folder)
		pages := map[string]string{"long": long(), "treatment": "title: Hands\nkind: treatment\n\n# One\n[rest 600]\n", "grounding": "title: Here\nkind: grounding\n\nLook around. [20]\n"}
		find := func(id string) (*script.Script, error) { return script.Parse(id, pages[id]) }
		grounding, err := find("grounding")
		if err != nil {
			t.Fatal(err)
		}
		led := &Led{}
		h := room.New(room.Config{
			Store: room.NewMemory(), Script: find, Groundings: []session.Grounding{{ID: "grounding", Script: grounding}}, Speech: timeline.ByWords,
			Happened: func(_ string, e session.Event, after session.State) { j.Happened(e, after); led.Happened(e, after) },
		})
		defer h.Close()
		r, err := h.Room(room.Home)
		if err != nil {
			t.Fatal(err)
		}
		seat, err := r.Join(room.Hello{Name: "Phone", Role: session.Guide})
		if err != nil {
			t.Fatal(err)
		}
		test(t, &practice{j, t, seat, r, led})
		h.Close()
		j.Close()
	})
}

func (p *practice) do(verb session.Verb, more ...func(*session.Command)) {
	p.t.Helper()
	c := session.Command{Do: verb}
	for _, m := range more {
		m(&c)
	}
	if _, err := p.seat.Do(context.Background(), c); err != nil {
		p.t.Fatalf("%s: %v", verb, err)
	}
}

func (p *practice) begin(id string, set timeline.Settings) string {
	p.t.Helper()
	p.do(session.Load, func(c *session.Command) { c.Script, c.Settings = id, set })
	p.do(session.Start)
	return p.room.Session()
}

// entry is the one entry of a session, as it is on the disk.
func (p *practice) entry(id string) Entry {
	p.t.Helper()
	e, err := p.Entry(p.t.Context(), id)
	if err != nil {
		p.t.Fatal(err)
	}
	return e
}

func TestFortyFiveMinutes(t *testing.T) {
	practised(t, func(t *testing.T, p *practice) {
		began := time.Now()
		id := p.begin("long", timeline.Settings{LeaveOut: []script.Region{{ID: "chest"}}})
		if e := p.entry(id); e.Ended != NotEnded || e.Practised != 0 || e.Title != "Forty-five minutes" || e.Kind != script.BodyScan || !e.Began.Equal(began.Truncate(time.Millisecond)) {
			t.Errorf("at the beginning: %+v", e)
		}
		time.Sleep(session.LeadIn + 10*time.Minute)
		p.do(session.Pause)
		p.do(session.Pause) // once more, which is no second pause
		if e := p.entry(id); e.Practised != 600_000 || e.Pauses != 1 {
			t.Errorf("paused: %+v", e)
		}
		time.Sleep(3 * time.Hour) // a pause is not practised
		p.do(session.Resume)
		time.Sleep(session.LeadIn + 5*time.Minute)
		p.do(session.Ground)
		if e := p.entry(id); e.Practised != 900_000 || e.Pauses != 1 || e.Ended != ByChoice {
			t.Errorf("grounding: %+v", e)
		}
		time.Sleep(30 * time.Second)
		p.do(session.Return)
		if e := p.entry(id); e.Ended != NotEnded {
			t.Errorf("come back: %+v", e)
		}
		p.do(session.Resume)
		time.Sleep(session.LeadIn + time.Hour)
		e := p.entry(id)
		if e.Ended != Finished || e.Planned != 45*60_000 || e.Anchor != "feet" || e.Pattern != "extend_4_6" || e.Pace != 6 || len(e.LeftOut) != 1 {
			t.Errorf("at the end: %+v", e)
		}
		// Resuming repeats what was being said or breathed, which is practised again.
		if e.Practised < e.Planned || e.Practised > e.Planned+60_000 {
			t.Errorf("%v were practised of %v", e.Practised, e.Planned)
		}
		if n := countOf(t, p.Journal); n != 1 {
			t.Errorf("%d entries: the grounding is kept too", n)
		}
	})
}

func TestEndedByChoice(t *testing.T) {
	practised(t, func(t *testing.T, p *practice) {
		name := "Wren"
		if _, err := p.Choose(t.Context(), Choice{CodeName: &name}); err != nil {
			t.Fatal(err)
		}
		id := p.begin("long", timeline.Settings{})
		time.Sleep(session.LeadIn + 30*time.Second)
		p.do(session.Stop)
		e := p.entry(id)
		if e.Ended != ByChoice || e.Practised != 30_000 || e.Pauses != 0 || e.CodeName != "Wren" || e.Pattern != "" || e.Pace != 0 {
			t.Errorf("%+v", e)
		}
		second := p.begin("long", timeline.Settings{})
		time.Sleep(session.LeadIn + time.Minute)
		third := p.begin2("long")
		if e := p.entry(second); e.Ended != ByChoice || e.Practised != 60_000 {
			t.Errorf("another has taken its place: %+v", e)
		}
		time.Sleep(session.LeadIn + time.Hour)
		p.do(session.Stop) // silences the last bell
		if e := p.entry(third); e.Ended != Finished {
			t.Errorf("stopped behind its end: %+v", e)
		}
		p.do(session.Start)
		if n := countOf(t, p.Journal); n != 4 || p.room.Session() == third {
			t.Errorf("begun again: %d entries", n)
		}
	})
}

// begin2 begins a session in the place of one that plays.
func (p *practice) begin2(id string) string { return p.begin(id, timeline.Settings{}) }

func TestWhatIsNotKept(t *testing.T) {
	practised(t, func(t *testing.T, p *practice) {
		p.begin("treatment", timeline.Settings{})
		p.do(session.Stop)
		p.do(session.Ground)
		time.Sleep(time.Hour)
		turn(t, p.Journal, false)
		p.begin("long", timeline.Settings{})
		turn(t, p.Journal, true)
		time.Sleep(time.Minute)
		p.do(session.Stop)
		if n := countOf(t, p.Journal); n != 0 {
			t.Errorf("%d entries", n)
		}
		id := p.begin("grounding", timeline.Settings{})
		if e := p.entry(id); e.Kind != script.Grounding {
			t.Errorf("a grounding that was chosen: %+v", e)
		}
		p.do(session.Stop)

		kept := p.begin("long", timeline.Settings{})
		time.Sleep(session.LeadIn + time.Minute)
		p.do(session.Pause)
		p.entry(kept)
		turn(t, p.Journal, false)
		p.do(session.Stop)
		if e := p.entry(kept); e.Ended != NotEnded || e.Practised != 60_000 {
			t.Errorf("written while it was off: %+v", e)
		}
	})
}

func TestWhatIsErasedDoesNotComeBack(t *testing.T) {
	practised(t, func(t *testing.T, p *practice) {
		id := p.begin("long", timeline.Settings{})
		time.Sleep(time.Minute)
		if err := p.Erase(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		p.do(session.Pause)
		p.do(session.Resume)
		if n := countOf(t, p.Journal); n != 0 {
			t.Errorf("%d entries after one was erased", n)
		}
		p.begin("long", timeline.Settings{})
		if err := p.EraseAll(t.Context()); err != nil {
			t.Fatal(err)
		}
		p.do(session.Stop)
		if s, err := p.State(t.Context()); err != nil || s.Count != 0 || !s.On {
			t.Errorf("%+v, %v after all were erased", s, err)
		}
	})
}

// TestTheProgramGoesAway: what plays then has come as far as it has, and is open.
func TestTheProgramGoesAway(t *testing.T) {
	practised(t, func(t *testing.T, p *practice) {
		id := p.begin("long", timeline.Settings{})
		time.Sleep(session.LeadIn + 90*time.Second)
		if err := p.Close(); err != nil {
			t.Fatal(err)
		}
		j := opened(t, p.Folder)
		defer j.Close()
		if e, err := j.Entry(t.Context(), id); err != nil || e.Ended != NotEnded || e.Practised != 90_000 {
			t.Errorf("%+v, %v", e, err)
		}
	})
}

// TestNothingWaitsForTheDisk: while the file is in use, every pause and stop is done
// all the same, and none is lost.
func TestNothingWaitsForTheDisk(t *testing.T) {
	practised(t, func(t *testing.T, p *practice) {
		id := p.begin("long", timeline.Settings{})
		p.mu.Lock() // someone takes long over the file
		for range 20 {
			p.do(session.Pause)
			p.do(session.Resume)
		}
		p.do(session.Stop)
		p.mu.Unlock()
		if e := p.entry(id); e.Pauses != 20 || e.Ended != ByChoice {
			t.Errorf("%+v", e)
		}
	})
}
