package room

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"stillpoint/internal/script"
	"stillpoint/internal/session"
	"stillpoint/internal/timeline"
	"stillpoint/internal/transport"
)

// two is one room on two nodes that began at different times.
func two(t *testing.T) (a, b *Room, store *gate) {
	t.Helper()
	store = &gate{Memory: NewMemory()}
	first := open(t, store)
	time.Sleep(7003 * time.Millisecond)
	second := open(t, store)
	return roomOf(t, first, Home), roomOf(t, second, Home), store
}

func TestAnyNodeExecutesAnyCommand(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a, b, _ := two(t)
		guide, guest := join(t, a, session.Guide), join(t, b, session.Guest)
		go drain(guide)
		var seen view
		seen.take(t, guest.First)
		begin(t, guide, "short")
		time.Sleep(session.LeadIn + 30*time.Second)
		do(t, guest, session.Command{Do: session.Pause}) // node b has never heard of the session
		is(t, b, transport.Paused, 30*time.Second)
		seen.takeAll(t, guest.Updates())
		if seen.plan == nil || seen.transport.State != transport.Paused || seen.needs != guest.ID {
			t.Errorf("the guest knows %+v", seen)
		}
		if _, err := guide.Do(t.Context(), session.Command{Do: session.Resume}); codeOf(err) != session.NeedsAgreement {
			t.Errorf("node a resumed over the guest's pause: %v", err)
		}
		is(t, a, transport.Paused, 30*time.Second)
		do(t, guide, session.Command{Do: session.Resume, Agreed: true})
		time.Sleep(session.LeadIn + 5*time.Second)
		do(t, guest, session.Command{Do: session.Stop})
		if a, b := a.State(), b.State(); a.Rev+1 != b.Rev || b.Transport.State != transport.Stopped {
			t.Errorf("node a is at %d, node b at %d", a.Rev, b.Rev)
		}
	})
}

// TestAComposedSessionIsRebuilt: its id is all that a record needs of it, its pace
// and what was asked for on the way included.
func TestAComposedSessionIsRebuilt(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a, b, _ := two(t)
		guide, other := join(t, a, session.Guide), join(t, b, session.Guide)
		go drain(guide)
		go drain(other)
		begin(t, guide, "breathe:from own to 6 a minute over 9 min, out longer")
		time.Sleep(session.LeadIn + 80*time.Second)
		do(t, guide, session.Command{Do: session.Pace, To: "hold"})
		do(t, other, session.Command{Do: session.Pause})
		here, there := a.State(), b.State()
		if there.ScriptID != here.ScriptID || score(there.Timeline) != score(here.Timeline) || there.Transport.State != transport.Paused {
			t.Errorf("%s at %v, %v", there.ScriptID, there.Transport, here.Transport)
		}
		if there.Script.Title != "From your own pace to 6 a minute" || len(there.Settings.Edits) != 1 {
			t.Errorf("%s, %v", there.Script.Title, there.Settings)
		}
	})
}

func TestRevisionsOnlyGrowWhateverOthersDid(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a, b, store := two(t)
		guide, other := join(t, a, session.Guide), join(t, b, session.Guide)
		begin(t, guide, "short")
		time.Sleep(session.LeadIn + 10*time.Second)
		store.fail(errors.New("not now"))
		do(t, guide, session.Command{Do: session.Pause})
		told := do(t, guide, session.Command{Do: session.Stop})
		store.fail(nil)
		do(t, other, session.Command{Do: session.Pause})
		if rev := do(t, guide, session.Command{Do: session.Stop}); rev <= told {
			t.Errorf("revision %d after %d", rev, told)
		}
		is(t, a, transport.Stopped, 10*time.Second)
		do(t, other, session.Command{Do: session.Stop}) // heard again, whoever was first
		is(t, b, transport.Stopped, 10*time.Second)
		if x, y := a.State().Rev, b.State().Rev; x+1 != y {
			t.Errorf("the nodes are at %d and %d", x, y)
		}
	})
}

func TestARepeatOnAnotherNodeIsStillARepeat(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a, b, _ := two(t)
		guide := session.Command{By: "tablet", Role: session.Guide}
		give := func(r *Room, id string, do session.Verb) {
			c := guide
			c.ID, c.Do, c.Script = id, do, "short"
			if _, err := r.command(t.Context(), c, nil); err != nil {
				t.Fatalf("%s: %v", do, err)
			}
		}
		give(a, "1", session.Load)
		give(a, "2", session.Start)
		give(b, "3", session.Pause)
		give(b, "4", session.Resume)
		give(a, "3", session.Pause) // its node was lost before the answer came
		give(b, "5", session.Stay)
		if s := b.State(); s.Transport.State != transport.Playing {
			t.Errorf("a repeated pause paused again: %s", s.Transport.State)
		}
	})
}

func TestTwoNodesInterleaved(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a, b, store := two(t)
		rooms := []*Room{a, b}
		seats := []*Seat{join(t, a, session.Guide), join(t, b, session.Guide)}
		for _, s := range seats {
			go drain(s)
		}
		dice := rand.New(rand.NewPCG(9, 9))
		for n := range 400 {
			k := dice.IntN(2)
			rooms[k].command(t.Context(), randomCommand(dice, seats[k], n), nil)
			time.Sleep(time.Duration(dice.IntN(4000)) * time.Millisecond)
		}
		synctest.Wait()
		for _, r := range rooms { // nothing to do: it looks at the Store
			r.command(t.Context(), session.Command{Do: session.End}, nil)
		}
		x, y := a.State(), b.State()
		y.Transport.At += b.house.started.Sub(a.house.started)
		x.Timeline, y.Timeline = nil, nil
		if x.Rev != y.Rev || x.Transport != y.Transport || x.ID != y.ID || x.Needs != y.Needs || len(x.Settings.Edits) != len(y.Settings.Edits) {
			t.Errorf("the nodes differ:\n%+v\n%+v", x, y)
		}
		if rec, _ := store.Load(t.Context(), Home); rec.Rev != x.Rev {
			t.Errorf("the Store is at %d, the rooms at %d", rec.Rev, x.Rev)
		}
	})
}

// Changes from many sides at once: each one counts, none is lost.
func TestTwoNodesAtOnce(t *testing.T) {
	store := NewMemory()
	var houses []*House
	for range 2 {
		houses = append(houses, New(Config{Store: store, Script: page, Speech: timeline.ByWords}))
		defer houses[len(houses)-1].Close()
	}
	a := roomOf(t, houses[0], Home)
	if _, err := a.Do(t.Context(), session.Command{Do: session.Load, Script: "short"}); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	var mu sync.Mutex
	done := 1
	for n := range 8 {
		r := roomOf(t, houses[n%2], Home)
		all.Go(func() {
			for k := range 20 {
				set := timeline.Settings{Pace: 1 + float64(20*n+k)/1000}
				if _, err := r.Do(context.Background(), session.Command{Do: session.Settings, Settings: set}); err == nil {
					mu.Lock()
					done++
					mu.Unlock()
				} else if !strings.Contains(err.Error(), "changed") {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if rec, _ := store.Load(t.Context(), Home); rec.Rev != done {
		t.Errorf("%d changes were acknowledged, the Store counts %d", done, rec.Rev)
	}
}

func TestARecordIsSmallAndSurvivesJSON(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, NewMemory())
		r := roomOf(t, h, Home)
		guide, guest := join(t, r, session.Guide), join(t, r, session.Guest)
		go drain(guide)
		begin(t, guide, "short")
		time.Sleep(20 * time.Second)
		for n := range 300 {
			do(t, guide, session.Command{ID: fmt.Sprint("c-", n), Do: session.Pace, To: string(timeline.HoldPace)})
		}
		do(t, guide, session.Command{Do: session.Skip, Regions: []script.Region{{ID: "sole", Side: script.Left}}})
		do(t, guest, session.Command{Do: session.Ground})
		time.Sleep(5 * time.Second)
		s := r.State()
		text, err := json.Marshal(h.record(s, r.Account()))
		if err != nil || len(text) > 64<<10 {
			t.Fatalf("a record of %d bytes, %v", len(text), err)
		}
		var rec Record
		if err := json.Unmarshal(text, &rec); err != nil {
			t.Fatal(err)
		}
		back := h.rebuild(rec, session.State{})
		if back.ID != s.ID || back.Transport != s.Transport || back.Rev != s.Rev || back.PlanRev != s.PlanRev || back.Needs != guest.ID ||
			back.Aside == nil || back.Aside.Position != s.Aside.Position || score(back.Aside.Timeline) != score(s.Aside.Timeline) {
			t.Errorf("it came back as\n%+v\nand was\n%+v", back, s)
		}
	})
}

func TestAChangedScriptComesBackPaused(t *testing.T) {
	bubble(t, func(t *testing.T) {
		store := NewMemory()
		texts := map[string]string{"mine": short}
		mine := func(c *Config) {
			c.Script = func(id string) (*script.Script, error) {
				if texts[id] == "" {
					return nil, errors.New("gone")
				}
				return script.Parse(id, texts[id])
			}
		}
		seat := join(t, roomOf(t, open(t, store, mine), Home), session.Guide)
		begin(t, seat, "mine")
		time.Sleep(session.LeadIn + 30*time.Second)
		texts["mine"] = strings.Replace(short, "Welcome.", "Welcome back.", 1)
		is(t, roomOf(t, open(t, store, mine), Home), transport.Paused, 0)
		delete(texts, "mine")
		r := roomOf(t, open(t, store, mine), Home)
		if s := r.State(); s.Loaded() || s.Rev != 2 {
			t.Errorf("without its script there is %q at %d", s.ID, s.Rev)
		}
		texts["mine"] = short
		do(t, join(t, r, session.Guide), session.Command{Do: session.Load, Script: "mine"})
		if rec, _ := store.Load(t.Context(), Home); rec.Rev != 3 {
			t.Errorf("the Store is at %d", rec.Rev)
		}
	})
}

func TestAClockSetBackFreezesNothing(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, NewMemory())
		ahead := time.Now().Add(time.Hour).UnixMilli()
		s := h.rebuild(Record{Rev: 1, At: ahead, Run: &Run{ID: "a", Script: "short", State: transport.Playing}}, session.State{})
		s.Transport.State = transport.Playing // its timeline was unknown, which paused it
		time.Sleep(session.LeadIn + 3*time.Second)
		if at := s.PositionAt(h.Now()); at != 3*time.Second {
			t.Errorf("it is at %v", at)
		}
	})
}

func TestMemoryForgetsTheOldest(t *testing.T) {
	m, ctx := NewMemory(), t.Context()
	for n := range maxRecords + 1 {
		if err := m.Swap(ctx, fmt.Sprint(n), 0, Record{Rev: 1}); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]int{"0": 0, "1": 1, fmt.Sprint(maxRecords): 1} {
		if rec, _ := m.Load(ctx, name); rec.Rev != want {
			t.Errorf("room %s is at %d, want %d", name, rec.Rev, want)
		}
	}
	if err := m.Swap(ctx, "1", 0, Record{Rev: 9}); !errors.Is(err, ErrConflict) {
		t.Errorf("an old revision: %v", err)
	}
	if _, err := roomErr(t, errStore{}); err == nil {
		t.Error("a room opened without its Store")
	}
}

type errStore struct{}

func (errStore) Load(context.Context, string) (Record, error) { return Record{}, errors.New("no") }
func (errStore) Swap(context.Context, string, int, Record) error {
	return errors.New("no")
}

func roomErr(t *testing.T, s Store) (*Room, error) {
	t.Helper()
	return open(t, s).Room(Home)
}

// A record may come from anywhere; whatever it says, the room opens, and holds
// a session that keeps its promises.
func FuzzRebuild(f *testing.F) {
	h := New(Config{Store: NewMemory(), Script: page, Speech: timeline.ByWords})
	f.Cleanup(h.Close)
	for _, text := range []string{
		`{}`, `{"Rev":3,"Run":{"ID":"a","Script":"short","State":"playing","Position":9000000000},"At":1}`,
		`{"Rev":3,"Run":{"Script":"short","State":"dancing","Position":-1,"Held":true},"Aside":{"Script":"waiting","State":"","Position":99}}`,
		`{"Rev":-1,"Run":{"Script":"waiting","Settings":{"Pace":1.5,"Edits":[{"At":-5,"Do":"stay"},{"At":1,"Do":"skip"}]}}}`,
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var rec Record
		if json.Unmarshal([]byte(text), &rec) != nil {
			return
		}
		s := h.rebuild(rec, session.State{})
		if !s.Loaded() {
			return
		}
		if at := s.PositionAt(h.Now()); at < 0 || at > s.Timeline.Length || !known(s.Transport.State) {
			t.Errorf("%s at %v of %v", s.Transport.State, at, s.Timeline.Length)
		}
		s.Ends()
		h.record(s, nil)
		for _, v := range []session.Verb{session.Pause, session.Stop, session.Ground, session.Return} {
			h.env.Apply(s, session.Command{Do: v, Role: session.Guide, Agreed: true}, h.Now())
		}
	})
}

// However many rooms are taken away, those that hold a session keep theirs.
func TestRoomsTakenAwayTakeNobodyElsesRecord(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, NewMemory())
		var guides []*Seat
		for _, name := range []string{Home, "garden"} {
			guide := join(t, roomOf(t, h, name), session.Guide)
			go drain(guide)
			begin(t, guide, "short")
			guides = append(guides, guide)
		}
		for n := range maxRecords + 1 {
			if err := h.Remove(t.Context(), fmt.Sprint("r-", n)); err != nil {
				t.Fatal(err)
			}
		}
		for _, guide := range guides {
			do(t, guide, session.Command{Do: session.Stay})
		}
	})
}
