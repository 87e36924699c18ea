package journal

import (
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"stillpoint/internal/script"
	"stillpoint/internal/session"
	"stillpoint/internal/timeline"
	"stillpoint/internal/transport"
)

func TestASessionThatIsLed(t *testing.T) {
	practised(t, func(t *testing.T, p *practice) {
		if _, _, ok := p.led.Entry(); ok {
			t.Fatal("something has begun")
		}
		p.do(session.Ground) // on its own, it is no session that anybody led
		p.do(session.Stop)
		id := p.begin("treatment", timeline.Settings{LeaveOut: []script.Region{{ID: "chest"}}})
		time.Sleep(session.LeadIn + 4*time.Minute)
		p.do(session.Pause)
		time.Sleep(time.Minute)
		p.do(session.Resume)
		time.Sleep(session.LeadIn + 90*time.Second)
		e, began, ok := p.led.Entry()
		if !ok || e.ID != id || e.Practised != 330_000 || e.Ended != NotEnded || began != p.room.State().Began {
			t.Errorf("on the way it is %+v, begun at %v", e, began)
		}
		p.do(session.Ground)
		time.Sleep(10 * time.Second)
		p.do(session.Stop)
		e, _, _ = p.led.Entry()
		want := Entry{ID: id, Script: "treatment", Title: "Hands", Language: "en", Kind: script.Treatment,
			Planned: 600_000, Practised: 330_000, Pauses: 1, Ended: ByChoice, LeftOut: []string{"chest"}}
		if !reflect.DeepEqual(e, want) {
			t.Errorf("it is %+v, want %+v", e, want)
		}
		if countOf(t, p.Journal) != 0 {
			t.Error("it was kept, and nobody asked for that")
		}
		p.do(session.Load, func(c *session.Command) { c.Script = "treatment" })
		if _, _, ok := p.led.Entry(); ok {
			t.Error("it is there still, and another is loaded")
		}
		p.begin("treatment", timeline.Settings{})
		p.led.Forget()
		if _, _, ok := p.led.Entry(); ok {
			t.Error("it is not forgotten")
		}
	})
}

// A program that comes back in the midst of a session takes for played what lies
// behind it.
func TestASessionThatBeganBeforeTheProgram(t *testing.T) {
	practised(t, func(t *testing.T, p *practice) {
		p.begin("treatment", timeline.Settings{})
		time.Sleep(session.LeadIn + 4*time.Minute)
		p.led.Forget()
		p.do(session.Pause)
		p.do(session.Resume)
		time.Sleep(session.LeadIn + time.Minute)
		p.do(session.Stop)
		if e, _, _ := p.led.Entry(); e.Practised != 300_000 || e.Pauses != 1 || e.Ended != ByChoice {
			t.Errorf("it is %+v", e)
		}
	})
}

func saved() Entry {
	return Entry{ID: "s-1", Began: time.Date(2026, 11, 24, 9, 30, 0, 0, time.FixedZone("", 3600)), CodeName: "Wren", Kind: script.Treatment, Pauses: 1,
		Note: "Asked for less pressure", Account: []Deed{
			{What: session.Start, Name: "Tablet", Role: session.Guide},
			{After: 724_000, Position: 724_000, What: session.Pause, Role: session.Remote, Client: true},
			{After: 790_500, Position: 724_000, What: session.Resume, Name: "Tablet", Role: session.Guide, Agreed: true},
			{After: 5_400_000, Position: 5_333_500, What: session.End},
		}}
}

func TestSavedBecauseSomebodyWishesIt(t *testing.T) {
	folder := t.TempDir()
	j := opened(t, folder)
	nameless := saved()
	nameless.CodeName = " "
	if _, err := j.Save(t.Context(), nameless); codeOf(err) != session.BadMessage {
		t.Errorf("without a code name: %v", err)
	}
	if files, _ := os.ReadDir(folder); len(files) > 0 {
		t.Fatalf("what could not be saved has left %v", files)
	}
	if _, err := j.Save(t.Context(), saved()); err != nil {
		t.Fatal(err)
	}
	state, err := j.State(t.Context())
	if err != nil || state.On || state.Count != 1 {
		t.Errorf("the journal is %+v, %v", state, err)
	}
	if seen, err := os.Stat(j.Place()); err != nil || seen.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v, %v", seen.Mode(), err)
	}
	if e, err := j.Entry(t.Context(), "s-1"); err != nil || !reflect.DeepEqual(e, saved()) {
		t.Errorf("it was kept as %+v, %v", e, err)
	}
	if err := j.Erase(t.Context(), "s-1"); err != nil || len(traces(t, folder, "less pressure")) > 0 {
		t.Errorf("erased, it is there still: %v", err)
	}
}

// Saved again, it gives way to what is saved then, and leaves nothing; what was
// noted in a check-in stays.
func TestSavedAgain(t *testing.T) {
	folder := t.TempDir()
	j := turnedOn(t, folder)
	if _, err := j.Save(t.Context(), saved()); err != nil {
		t.Fatal(err)
	}
	if _, err := j.CheckIn(t.Context(), "s-1", After, CheckIn{Feelings: []string{"tender"}}); err != nil {
		t.Fatal(err)
	}
	again := saved()
	again.Note, again.Account = "Feet", again.Account[:2]
	e, err := j.Save(t.Context(), again)
	if err != nil || e.Note != "Feet" || len(e.Account) != 2 || e.After == nil || !slices.Equal(e.After.Feelings, []string{"tender"}) {
		t.Errorf("%+v, %v", e, err)
	}
	if kept, err := j.Entry(t.Context(), "s-1"); err != nil || !reflect.DeepEqual(kept, e) || countOf(t, j) != 1 {
		t.Errorf("%+v, %v", kept, err)
	}
	if found := traces(t, folder, "less pressure"); len(found) > 0 {
		t.Errorf("the old note is in %v", found)
	}
	j.most = 1
	other := saved()
	other.ID = "s-2"
	if _, err := j.Save(t.Context(), other); codeOf(err) != session.Full {
		t.Errorf("beyond the bound: %v", err)
	}
	if _, err := j.Save(t.Context(), again); err != nil {
		t.Errorf("in its own place: %v", err)
	}
}

func TestAnAccountOnAPage(t *testing.T) {
	j := opened(t, t.TempDir())
	if _, err := j.Save(t.Context(), saved()); err != nil {
		t.Fatal(err)
	}
	page := exported(t, j, Export{Format: Page, Words: map[string]string{"deed.pause": "{who} <paused>", "deed.by.client": "The client", "deed.agreed": "{what}; as agreed"}})
	contains(t, page, "<dt>account</dt><dd>0:00 Tablet: start; 12:04 The client &lt;paused&gt;; 13:10 Tablet: resume; as agreed; 90:00 end</dd>")
	if strings.Contains(exported(t, j, Export{Format: CSV, Columns: []string{"id", "note"}}), "agreed") {
		t.Error("a table has what nobody asked for")
	}
}

// A program that went away on the way knows what it was told before by the account.
func TestPausesOfAnAccount(t *testing.T) {
	j := opened(t, t.TempDir())
	e := saved()
	e.Pauses, e.Account = 1, nil
	for _, what := range []session.Verb{session.Start, session.Pause, session.Pause, session.Resume, session.Alone, session.Resume, session.Stop, session.Pause, session.Return,
		session.Resume, session.Ground, session.Pause, session.Return, session.Resume, session.Restarted, session.Resume, session.End} {
		e.Account = append(e.Account, Deed{What: what})
	}
	if kept, err := j.Save(t.Context(), e); err != nil || kept.Pauses != 3 {
		t.Errorf("%d pauses, %v", kept.Pauses, err)
	}
	e.Pauses = 7
	if kept, err := j.Save(t.Context(), e); err != nil || kept.Pauses != 7 {
		t.Errorf("%d pauses, %v", kept.Pauses, err)
	}
}

func TestAccountsAreChecked(t *testing.T) {
	for want, a := range map[string][]Deed{
		"there is no “sing”":           {{What: "sing"}},
		"there is no role “king”":      {{What: session.Stop, Role: "king"}},
		"more than 40 characters":      {{What: session.Stop, Name: strings.Repeat("x", MaxName+1)}},
		"at a time no session has":     {{What: session.Stop, After: -1}},
		"line 2 of the account: it is": {{What: session.Stop}, {What: session.Stop, Position: maxLength + 1}},
		"201 lines":                    make([]Deed, MaxDeeds+1),
	} {
		e := saved()
		e.Account = a
		if err := e.settle(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	if _, err := accountFrom("[{"); err == nil {
		t.Error("what is no account is read")
	}
}

// A journal of the first form has what it had, and takes an account from then on.
func TestAJournalOfTheFirstForm(t *testing.T) {
	folder := t.TempDir()
	j := turnedOn(t, folder)
	e := saved()
	e.ID, e.Account = "old", nil
	if _, err := j.Save(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	if _, err := j.db.Exec("ALTER TABLE entries DROP COLUMN account; PRAGMA user_version = 1"); err != nil {
		t.Fatal(err)
	}
	j.Close()
	j = opened(t, folder)
	if kept, err := j.Entry(t.Context(), "old"); err != nil || !reflect.DeepEqual(kept, e) {
		t.Errorf("%+v, %v", kept, err)
	}
	if _, err := j.Save(t.Context(), saved()); err != nil {
		t.Error(err)
	}
}

func TestWhatHasNotBegunIsNotFollowed(t *testing.T) {
	l := &Led{}
	l.Happened(session.Event{Kind: session.Pause, Session: "s"}, session.State{ID: "s", Transport: transport.Transport{State: transport.Paused}})
	if _, _, ok := l.Entry(); ok {
		t.Error("what has not begun is followed")
	}
}
