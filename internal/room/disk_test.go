package room

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"stillpoint/internal/script"
	"stillpoint/internal/session"
	"stillpoint/internal/timeline"
	"stillpoint/internal/transport"
)

const private = `title: A plan
kind: treatment

# Regions
[guide: Recover the left shoulder]
[rest 10 min]
`

func TestAFileHoldsNoGuideTextAndNoToken(t *testing.T) {
	programmed(t, func(t *testing.T, p *program) {
		p.house.config.Script = func(id string) (*script.Script, error) { return script.Parse(id, private) }
		guide, guest := join(t, p.room(), session.Guide), join(t, p.room(), session.Guest)
		begin(t, guide, "plan")
		time.Sleep(10 * time.Second)
		synctest.Wait()
		name := filepath.Join(p.folder, "garden.json")
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{guide.Resume, guest.Resume, "shoulder"} {
			if bytes.Contains(text, []byte(secret)) {
				t.Errorf("%q is in %s", secret, text)
			}
		}
		if seen, err := os.Stat(name); err != nil || seen.Mode().Perm() != 0o600 {
			t.Errorf("%v, %v", seen.Mode(), err)
		}
	})
}

// Silences come as ever while the disk hangs, and all else a moment later.
func TestADiskThatHangsCostsAMomentAndNoSilence(t *testing.T) {
	programmed(t, func(t *testing.T, p *program) {
		guide, guest := join(t, p.room(), session.Guide), join(t, p.room(), session.Guest)
		go drain(guest)
		begin(t, guide, "short")
		time.Sleep(session.LeadIn + 10*time.Second)
		watched := p.room().Watch(t.Context())
		var host view
		host.takeAll(t, watched)
		hangs := make(chan struct{})
		defer close(hangs)
		hang := func() error { <-hangs; return errors.New("it hung") }
		p.disk.Store(&hang)
		before := time.Now()
		go quietly(t, guest, session.Pause)
		synctest.Wait()
		if host.takeAll(t, watched); host.transport.State != transport.Paused || time.Since(before) > 0 {
			t.Fatalf("a pause waits for the disk: %v", time.Since(before))
		}
		do(t, guest, session.Command{Do: session.Resume})
		if took := time.Since(before); took > 2*diskWait {
			t.Errorf("two changes took %v", took)
		}
		time.Sleep(session.LeadIn + time.Minute)
		do(t, guest, session.Command{Do: session.Stop})
		if host.takeAll(t, watched); host.transport.State != transport.Stopped {
			t.Errorf("after a stop the host knows %s", host.transport.State)
		}
	})
}

func TestAVetoThatAFullDiskDoesNotKnowHoldsAfterARestart(t *testing.T) {
	programmed(t, func(t *testing.T, p *program) {
		guide, guest := join(t, p.room(), session.Guide), join(t, p.room(), session.Guest)
		begin(t, guide, "short")
		time.Sleep(session.LeadIn + 100*time.Second)
		noSpace := errors.New("no space left on the disk")
		full := func() error { return noSpace }
		p.disk.Store(&full)
		do(t, guest, session.Command{Do: session.Pause})
		synctest.Wait()
		if len(p.faults) != 1 || !errors.Is(p.faults[0], noSpace) {
			t.Errorf("the faults are %v", p.faults)
		}
		p.away(time.Second)
		if s := p.room().State(); s.Transport.State != transport.Paused {
			t.Fatalf("it is %s after a pause", s.Transport.State)
		}
		p.disk.Store(nil)
		do(t, p.back(guide), session.Command{Do: session.Resume})
		p.away(time.Second)
		if s := p.room().State(); s.Transport.State != transport.Playing {
			t.Errorf("it is %s once the disk has room again", s.Transport.State)
		}
	})
}

func TestFilesThatAreNoneAreNone(t *testing.T) {
	for name, text := range map[string]string{
		"nothing": "", "no JSON": "hello", "a list": "[]", "no session": `{"Rev":3}`, "no revision": `{"Rev":0,"Run":{"State":"paused","Script":"short"}}`,
		"a late revision": `{"Rev":9223372036854775807,"Run":{"State":"paused","Script":"short"}}`,
		"too long":        `{"Rev":3,"Why":"` + strings.Repeat("x", maxKept) + `","Run":{"State":"paused","Script":"short"}}`,
	} {
		programmed(t, func(t *testing.T, p *program) {
			if err := os.WriteFile(filepath.Join(p.folder, "garden.json"), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			now := time.Now() // of the bubble: it is as fresh as can be
			if err := os.Chtimes(filepath.Join(p.folder, "garden.json"), now, now); err != nil {
				t.Fatal(err)
			}
			p.away(0)
			if p.room().State().Loaded() || p.kept() {
				t.Errorf("%s is a session", name)
			}
			begin(t, join(t, p.room(), session.Guide), "short")
			if !p.kept() {
				t.Errorf("after %s nothing is kept", name)
			}
		})
	}
}

func TestARecordComesBackAsItWas(t *testing.T) {
	programmed(t, func(t *testing.T, p *program) {
		guide := join(t, p.room(), session.Guide)
		begin(t, guide, "short")
		time.Sleep(20 * time.Second)
		do(t, guide, session.Command{Do: session.Pause})
		want, err := p.files.Load(t.Context(), "garden")
		if err != nil {
			t.Fatal(err)
		}
		got, err := readRecord(p.files.file("garden"))
		if err != nil {
			t.Fatal(err)
		}
		a, _ := json.Marshal(want)
		b, _ := json.Marshal(got)
		if !bytes.Equal(a, b) || got.Alive == 0 {
			t.Errorf("it was\n%s\nand is\n%s", a, b)
		}
	})
}

// A file may hold anything: the room opens, is bounded, and can be halted.
func FuzzDecodeRecord(f *testing.F) {
	for _, text := range []string{
		`{}`, `{"Rev":3,"Run":{"ID":"a","Script":"short","State":"playing","Position":9000000000},"At":1}`,
		`{"Rev":3,"Run":{"Script":"short","State":"paused"},"Around":{"Sound":"host","Mix":{"Voice":80,"Tone":"soft"},"Show":{"What":"glow"},"People":[{"ID":"a","Role":"guide","Token":"x"}]}}`,
		`{"Rev":3,"Run":{"Script":"waiting","State":"stopped"},"Aside":{"State":"paused","Script":"short"},"Needs":"client"}`,
		`{"Rev":3,"Run":{"ID":"a","Script":"short","State":"playing","Began":1,"Planned":360000000000},"Account":{"Session":"a","Deeds":[{"At":5,"What":"pause","By":"b","Role":"guest","Client":true}]}}`,
	} {
		f.Add([]byte(text), int64(0))
	}
	h := New(Config{Store: NewMemory(), Script: page, Speech: timeline.ByWords, Zero: zero})
	f.Cleanup(h.Close)
	f.Fuzz(func(t *testing.T, text []byte, alive int64) {
		rec, err := decodeRecord(text)
		if err != nil {
			return
		}
		if rec.Around != nil && len(rec.Around.People) > MaxPeople || len(rec.Seen) > maxRecorded || rec.Account != nil && len(rec.Account.Deeds) > MaxDeeds {
			t.Fatal("it is not bounded")
		}
		rec.Alive = alive
		r := newRoom(h, "garden", rec)
		defer r.stop()
		defer r.close()
		if s := r.State(); s.PositionAt(h.Now()) < 0 || s.Loaded() && s.PositionAt(h.Now()) > s.Timeline.Length {
			t.Errorf("it is at %v", s.PositionAt(h.Now()))
		}
		r.execute(session.Command{Do: session.Reflow, Role: session.Guide}, r.now) // may be refused
		if _, err := r.execute(session.Command{Do: session.Stop, Role: session.Guest, By: "a"}, r.now); err != nil {
			t.Errorf("it cannot be stopped: %v", err)
		}
		if r.state.Transport.State == transport.Playing {
			t.Error("it plays on after a stop")
		}
	})
}

// Nothing is written that could not be read.
func TestARecordIsNeverTooLongToBeRead(t *testing.T) {
	run := &Run{Script: "short", State: transport.Paused}
	long := &Account{Deeds: []Deed{{What: session.Pause, Name: strings.Repeat("x", maxKept)}}}
	text, err := encodeRecord(Record{Rev: 3, Run: run, Account: long})
	if err != nil || len(text) > maxKept {
		t.Fatalf("%d bytes, %v", len(text), err)
	}
	if rec, err := decodeRecord(text); err != nil || rec.Run.Script != "short" {
		t.Errorf("it reads %+v, %v", rec, err)
	}
	run.Script = strings.Repeat("x", maxKept)
	if _, err := encodeRecord(Record{Rev: 3, Run: run}); err == nil {
		t.Error("it is written nevertheless")
	}
}

// A pause that was acknowledged while the disk hung holds, though the program ends
// before the disk has followed.
func TestASilenceThatTheDiskHasNotHeardOfHoldsAfterACrash(t *testing.T) {
	for _, before := range []session.Verb{session.Pause, session.Stay} { // what the disk hangs in
		programmed(t, func(t *testing.T, p *program) {
			guide, guest := join(t, p.room(), session.Guide), join(t, p.room(), session.Guest)
			go drain(guide)
			go drain(guest)
			begin(t, guide, "short")
			time.Sleep(session.LeadIn + 100*time.Second)
			hang := func() error { time.Sleep(1500 * time.Millisecond); return errors.New("slow") }
			p.disk.Store(&hang)
			do(t, guide, session.Command{Do: before})
			do(t, guest, session.Command{Do: session.Pause})
			p.crashes()
			if s := p.room().State(); s.Transport.State != transport.Paused {
				t.Errorf("after a %s and a pause it is %s", before, s.Transport.State)
			}
		})
	}
}
