package room

import (
	"bytes"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"stillpoint/internal/session"
	"stillpoint/internal/timeline"
)

// zero is room time 0 in every run of the program.
var zero = time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC)

// program is one run of the program after another, on one folder.
type program struct {
	t      *testing.T
	folder string
	files  *Files
	house  *House
	faults []error
	host   bool
	disk   atomic.Pointer[func() error] // what happens instead of writing; nil: it is written
}

// programmed runs a test in a bubble, on a folder of its own.
func programmed(t *testing.T, test func(t *testing.T, p *program)) {
	t.Helper()
	folder := t.TempDir()
	bubble(t, func(t *testing.T) {
		p := &program{t: t, folder: folder}
		p.begins()
		defer p.ends()
		test(t, p)
	})
}

func (p *program) begins() {
	p.t.Helper()
	files, err := OpenFiles(p.folder, func(err error) { p.faults = append(p.faults, err) })
	if err != nil {
		p.t.Fatal(err)
	}
	files.whole = func(name string, text []byte, at time.Time) error {
		if disk := p.disk.Load(); disk != nil {
			return (*disk)()
		}
		return WriteWhole(name, text, at)
	}
	grounding, err := page("grounding")
	if err != nil {
		p.t.Fatal(err)
	}
	p.files = files
	p.house = New(Config{Store: files, Script: page, Groundings: []session.Grounding{{ID: "grounding", Script: grounding}},
		Speech: timeline.ByWords, Zero: zero, Host: func() bool { return p.host }, HostIn: "garden"})
	p.house.Wake(p.t.Context(), files.Rooms()...)
}

func (p *program) ends() {
	p.house.Close()
	p.files.Close()
}

// away is a program that ends and begins again after a while.
func (p *program) away(d time.Duration) {
	p.t.Helper()
	p.ends()
	time.Sleep(d)
	p.begins()
}

func (p *program) room() *Room { return roomOf(p.t, p.house, "garden") }

// kept says whether the room has a file, once the disk has settled.
func (p *program) kept() bool {
	synctest.Wait()
	_, err := os.Stat(filepath.Join(p.folder, "garden.json"))
	return err == nil
}

// crashes is a program that ends without a word, and begins again on a folder as its
// files are at that moment.
func (p *program) crashes() {
	p.t.Helper()
	folder := p.t.TempDir()
	name := filepath.Join(p.folder, "garden.json")
	text, err := os.ReadFile(name)
	if err != nil {
		p.t.Fatal(err)
	}
	seen, err := os.Stat(name)
	if err != nil {
		p.t.Fatal(err)
	}
	if err := WriteWhole(filepath.Join(folder, "garden.json"), text, seen.ModTime()); err != nil {
		p.t.Fatal(err)
	}
	p.ends()
	p.folder = folder
	p.disk.Store(nil)
	p.begins()
}

// back is a device that comes back as the participant it was.
func (p *program) back(s *Seat) *Seat {
	p.t.Helper()
	back, err := p.room().Join(Hello{Resume: s.Resume})
	if err != nil {
		p.t.Fatal(err)
	}
	if back.ID != s.ID || back.Role != s.Role {
		p.t.Fatalf("%s came back as %s %s", s.ID, back.Role, back.ID)
	}
	go drain(back)
	return back
}

func TestAFileIsThereAsLongAsASessionGoesOn(t *testing.T) {
	programmed(t, func(t *testing.T, p *program) {
		kept := func(want bool, when string) {
			t.Helper()
			if p.kept() != want {
				t.Errorf("%s there is a file: %v", when, !want)
			}
		}
		guide := join(t, p.room(), session.Guide)
		go drain(guide)
		do(t, guide, session.Command{Do: session.Load, Script: "short"})
		kept(false, "before it begins")
		do(t, guide, session.Command{Do: session.Start})
		kept(true, "while it plays")
		do(t, guide, session.Command{Do: session.Stop})
		kept(true, "while someone may go back")
		guide.Leave()
		kept(false, "when it is stopped and left")
		guide = p.back(guide)
		do(t, guide, session.Command{Do: session.Return})
		kept(true, "when someone has gone back")
		do(t, guide, session.Command{Do: session.Ground})
		time.Sleep(10 * time.Minute)
		kept(true, "after a grounding from which one may return")
		do(t, guide, session.Command{Do: session.Return})
		do(t, guide, session.Command{Do: session.Resume})
		time.Sleep(time.Hour)
		kept(false, "after its end")
		do(t, guide, session.Command{Do: session.Start})
		kept(true, "when it begins again")
		do(t, guide, session.Command{Do: session.Load, Script: "waiting"})
		kept(false, "when another is loaded")
	})
}

func TestWhatIsPractisedAtHomeIsOnNoDisk(t *testing.T) {
	programmed(t, func(t *testing.T, p *program) {
		guide := join(t, roomOf(t, p.house, Home), session.Guide)
		begin(t, guide, "short")
		time.Sleep(20 * time.Second)
		do(t, guide, session.Command{Do: session.Pause})
		synctest.Wait()
		if files, err := os.ReadDir(p.folder); err != nil || len(files) > 0 {
			t.Errorf("there are %v, %v", files, err)
		}
	})
}

// No file stays for nobody: neither of a session that was stopped and that nobody
// comes back to, nor of one whose script is gone, nor what was half written.
func TestNoFileStaysForNobody(t *testing.T) {
	programmed(t, func(t *testing.T, p *program) {
		guide := join(t, p.room(), session.Guide)
		begin(t, guide, "short")
		time.Sleep(10 * time.Second)
		do(t, guide, session.Command{Do: session.Stop})
		half := filepath.Join(p.folder, ".new-123")
		if err := os.WriteFile(half, []byte("half a rec"), 0o600); err != nil {
			t.Fatal(err)
		}
		p.away(5 * time.Second)
		if _, err := os.Stat(half); err == nil {
			t.Error("what was half written stays")
		}
		time.Sleep(Missed / 2)
		if !p.kept() {
			t.Error("it is gone before anybody could come back")
		}
		time.Sleep(Missed)
		if p.kept() {
			t.Error("it stays, and nobody came back")
		}
		begin(t, p.back(guide), "long")
		p.ends()
		name := filepath.Join(p.folder, "garden.json")
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := WriteWhole(name, bytes.ReplaceAll(text, []byte(`"long"`), []byte(`"gone"`)), time.Now()); err != nil {
			t.Fatal(err)
		}
		p.begins()
		if p.kept() {
			t.Error("a session whose script is gone stays")
		}
	})
}

// What needs somebody's agreement before it begins needs it after a restart too.
func TestAnAgreementIsNeededAfterARestart(t *testing.T) {
	programmed(t, func(t *testing.T, p *program) {
		guide, guest := join(t, p.room(), session.Guide), join(t, p.room(), session.Guest)
		begin(t, guide, "short")
		do(t, guest, session.Command{Do: session.Stop})
		do(t, guide, session.Command{Do: session.Load, Script: "long"})
		p.away(time.Second)
		guide = p.back(guide)
		if _, err := guide.Do(t.Context(), session.Command{Do: session.Start}); codeOf(err) != session.NeedsAgreement {
			t.Errorf("it begins: %v", err)
		}
		guide.Leave()
		time.Sleep(2 * Missed)
		if p.kept() {
			t.Error("its file stays, and nobody is there")
		}
	})
}
