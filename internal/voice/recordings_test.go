package voice

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"stillpoint/internal/pcm"
	"stillpoint/internal/timeline"
)

// TestRecord: trimmed, levelled, kept as FLAC for this person alone, and heard at
// once whatever voice says the rest.
func TestRecord(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "new", "recordings")
	v := with(t, Config{Recordings: folder, Narration: shipped(t, map[Narrator][]string{hazel: {"Hello."}})})
	l := by("hazel", "Hello.")
	if said, err := v.Ready(t.Context(), page(t, "en", "Hello."), "hazel", nil); err != nil || said.Texts != 1 {
		t.Fatal(said, err)
	}
	narrated := v.Length(l)
	file := wav(joined(hush(44100, 700), hum(44100, 1500), hush(44100, 900)))
	c, err := v.Record("Hello.", bytes.NewReader(file), int64(len(file)), "mine.wav")
	if err != nil {
		t.Fatal(err)
	}
	if c.Rate != pcm.Rate || c.Length() < 1500*time.Millisecond || c.Length() > 1700*time.Millisecond {
		t.Errorf("kept are %v at %d", c.Length(), c.Rate)
	}
	loudIs(t, "recorded", c)
	if got := v.Length(l); got != samplesLast(len(c.Samples)) || got == narrated {
		t.Errorf("it takes %v, narrated it took %v", got, narrated)
	}
	sameLength(t, v, l)
	files := filesIn(t, folder)
	if len(files) != 1 || mode(t, folder) != 0o700 || mode(t, files[0]) != 0o600 {
		t.Fatalf("%v", files)
	}
	kept, err := os.ReadFile(files[0])
	if err != nil || !bytes.HasPrefix(kept, []byte("fLaC")) {
		t.Errorf("%.4q %v", kept, err)
	}

	records(t, v, "Hello.", 400)
	if sameLength(t, v, l); v.Length(l) > 600*time.Millisecond || len(filesIn(t, folder)) != 1 {
		t.Errorf("replaced, it takes %v: %v", v.Length(l), filesIn(t, folder))
	}
	if v.Says(by(Own, "Hello!")) {
		t.Error("a changed sentence keeps the old recording")
	}
	if was, err := v.Forget("Hello."); !was || err != nil {
		t.Errorf("%v %v", was, err)
	}
	if sameLength(t, v, l); v.Length(l) != narrated || len(filesIn(t, folder)) != 0 {
		t.Errorf("forgotten, it takes %v: %v", v.Length(l), filesIn(t, folder))
	}
	if was, err := v.Forget("Hello."); was || err != nil {
		t.Errorf("%v %v", was, err)
	}
}

// TestARefusedRecording changes nothing, and says why in a sentence.
func TestARefusedRecording(t *testing.T) {
	v := with(t, Config{Recordings: t.TempDir()})
	records(t, v, "Hello.", 500)
	before := v.Length(by(Own, "Hello."))
	for name, file := range map[string][]byte{
		"empty.wav":  nil,
		"silent.wav": wav(hush(48000, 800)),
		"words.wav":  []byte("this is not a sound, it is a lot of words"),
		"song.mp3":   []byte("ID3\x04 and so on and on and on and on"),
		"cut.wav":    wav(hum(48000, 500))[:2000],
	} {
		_, err := v.Record("Hello.", bytes.NewReader(file), int64(len(file)), name)
		if err == nil || !strings.HasPrefix(err.Error(), "“"+name+"” ") || !strings.HasSuffix(err.Error(), ".") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got := v.Length(by(Own, "Hello.")); got != before || len(filesIn(t, v.own.folder)) != 1 {
		t.Errorf("it takes %v now", got)
	}
}

func TestNowhereToKeepARecording(t *testing.T) {
	file := wav(hum(48000, 500))
	t.Chdir(t.TempDir())
	v := with(t, Config{})
	if _, err := v.Record("Hello.", bytes.NewReader(file), int64(len(file)), "mine.wav"); err == nil || !strings.Contains(err.Error(), "--data") {
		t.Error(err)
	}
	if err := os.WriteFile(recordings{}.file("Hello."), file, 0o600); err != nil {
		t.Fatal(err)
	}
	if was, err := v.Forget("Hello."); was || err != nil || len(filesIn(t, ".")) != 1 {
		t.Errorf("without a folder of recordings one in the present folder is removed: %v %v", was, err)
	}
	inTheWay := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(inTheWay, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	v = with(t, Config{Recordings: filepath.Join(inTheWay, "recordings")})
	if _, err := v.Record("Hello.", bytes.NewReader(file), int64(len(file)), "mine.wav"); err == nil || !strings.Contains(err.Error(), "You might name another folder") {
		t.Error(err)
	}
}

// TestARecordingThatIsDamaged leaves its line to the other voices; one that only
// shows when it is decoded leaves it to the screen.
func TestARecordingThatIsDamaged(t *testing.T) {
	v := with(t, Config{Recordings: t.TempDir(), Narration: shipped(t, map[Narrator][]string{hazel: {"Hello."}})})
	records(t, v, "Hello.", 900)
	file := filesIn(t, v.own.folder)[0]
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		file  []byte
		heard bool
	}{
		{"no recording at all", []byte("not a recording"), true},
		{"cut", whole[:len(whole)/2], false},
	} {
		if err := os.WriteFile(file, c.file, 0o600); err != nil {
			t.Fatal(err)
		}
		again := with(t, Config{Recordings: v.own.folder, Narration: shipped(t, map[Narrator][]string{hazel: {"Hello."}})})
		said, err := again.Ready(t.Context(), page(t, "en", "Hello."), "hazel", nil)
		if err != nil || (said.Texts == 1) != c.heard || (again.Samples(by("hazel", "Hello.")) != nil) != c.heard {
			t.Errorf("%s: %+v %v", c.name, said, err)
		}
	}
	if left := filesIn(t, v.own.folder); len(left) != 1 {
		t.Errorf("a person's own is never removed by itself: %v", left)
	}
}

// TestARecordingFromElsewhere: kept by another run of the program while this one
// has the old one in memory; the next Prepare hears it.
func TestARecordingFromElsewhere(t *testing.T) {
	folder := t.TempDir()
	v, other := with(t, Config{Recordings: folder}), with(t, Config{Recordings: folder})
	l := by(Own, "Hello.")
	records(t, v, "Hello.", 700)
	if _, err := v.Ready(t.Context(), page(t, "en", "Hello."), Own, nil); err != nil {
		t.Fatal(err)
	}
	before := v.Length(l)
	records(t, other, "Hello.", 900)
	if sameLength(t, v, l); v.Length(l) != before {
		t.Errorf("in the middle of a session it takes %v, and took %v", v.Length(l), before)
	}
	if _, err := v.Ready(t.Context(), page(t, "en", "Hello."), Own, nil); err != nil {
		t.Fatal(err)
	}
	if sameLength(t, v, l); v.Length(l) != other.Length(l) {
		t.Errorf("prepared again it takes %v, recorded are %v", v.Length(l), other.Length(l))
	}
}

// TestAnOldRecordingIsNeverTakenInLate: whoever was reading while it was replaced
// brings nothing old into memory.
func TestAnOldRecordingIsNeverTakenInLate(t *testing.T) {
	var m memory
	m.most = mostMemory
	l, old := by(Own, "Hello."), stored{frames: 3, size: 30}
	age := m.now()
	m.forget("Hello.")
	m.know(l, time.Second, old, age)
	m.keep(l, make([]int16, 3), old, age)
	if _, ok := m.length(l); ok {
		t.Error("its length is known")
	}
	if _, ok := m.find(l); ok {
		t.Error("its samples are there")
	}
}

func TestMemoryIsBounded(t *testing.T) {
	m := memory{most: 250}
	name := func(i int) timeline.Line { return by("v", string(rune('a'+i))) }
	for i := range 3 {
		m.keep(name(i), make([]int16, 100), stored{}, 0)
		m.find(name(0))
	}
	for i, want := range []bool{true, false, true} {
		if _, ok := m.find(name(i)); ok != want {
			t.Errorf("%d is there: %v", i, ok)
		}
	}
	m.keep(name(0), make([]int16, 50), stored{}, 0)
	if m.size != 150 || len(m.lines) != 2 || m.order.Len() != 2 {
		t.Errorf("%d samples in %d lines", m.size, len(m.lines))
	}
	if m.keep(name(5), make([]int16, 900), stored{}, 0); m.size != 900 || len(m.lines) != 1 {
		t.Errorf("one that is larger than all: %d samples in %d lines", m.size, len(m.lines))
	}
	for i := range mostKnown + 10 {
		m.know(timeline.Line{Text: string(rune(i))}, 1, stored{}, 0)
	}
	if len(m.known) > mostKnown {
		t.Errorf("%d lengths", len(m.known))
	}
}

// FuzzFileName: whatever the words, a recording's file is one file of the folder,
// and has a name that every system takes.
func FuzzFileName(f *testing.F) {
	for _, text := range []string{"", "Hello, you.", "../../etc/passwd", "CON", "مرحبا", "a\x00b", strings.Repeat("Über ", 50), "-rf", ".", "nul.flac", "İstanbul"} {
		f.Add(text)
	}
	valid := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*-[0-9a-f]{12}\.flac$`)
	f.Fuzz(func(t *testing.T, text string) {
		name := recordings{"folder"}.file(text)
		if filepath.Dir(name) != "folder" || !valid.MatchString(filepath.Base(name)) || len(filepath.Base(name)) > 50 {
			t.Errorf("%q is kept in %s", text, name)
		}
		if got := slug(text, 10); len(got) > 10 {
			t.Errorf("%q is too long", got)
		}
		if name == (recordings{"folder"}.file(text + ".")) {
			t.Errorf("%q and another are the same file", text)
		}
	})
}
