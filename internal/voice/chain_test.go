package voice

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"stillpoint/internal/pcm"
	"stillpoint/internal/script"
	"stillpoint/internal/timeline"
)

// machine is an engine that lives in the test: it makes a line as long as wanted.
type machine struct {
	made
	says func(ctx context.Context, text string) (pcm.Clip, error)
	runs *atomic.Int32
}

func (m machine) make(ctx context.Context, l timeline.Line) (stored, error) {
	m.runs.Add(1)
	c, err := m.says(ctx, l.Text)
	if err != nil {
		return stored{}, err
	}
	return m.cache.keep(m.file(l), c)
}

// spokenBy adds such an engine to v. languages: none is all.
func spokenBy(v *Voices, id string, says func(ctx context.Context, text string) (pcm.Clip, error), languages ...string) *atomic.Int32 {
	runs := &atomic.Int32{}
	e := engine{Voice: Voice{ID: id, Name: "Engine " + id, Kind: Engine, Languages: languages}, mark: id}
	v.chain = append(v.chain, machine{made{e, v.cache}, says, runs})
	return runs
}

func at300(context.Context, string) (pcm.Clip, error) { return hum(pcm.Rate, 300), nil }

func TestWhoSaysALine(t *testing.T) {
	v := with(t, Config{Recordings: t.TempDir(), Cache: t.TempDir(), Narration: shipped(t, map[Narrator][]string{hazel: {"A.", "B."}, rowan: {"A."}})})
	spokenBy(v, "piper", at300, "de_DE")
	spokenBy(v, "system", at300)
	records(t, v, "B.", 700)
	records(t, v, "C.", 800)
	for _, c := range []struct {
		line timeline.Line
		want string
	}{
		{by("hazel", "A."), "hazel"},
		{by("hazel", "B."), Own}, // line by line, one's own comes first
		{by("hazel", "C."), Own},
		{by("hazel", "D."), ""},
		{by("rowan", "A."), "rowan"},
		{by("rowan", "B."), Own},
		{by(Own, "B."), Own},
		{by(Own, "A."), ""},
		{by("system", "A."), "system"},
		{by("system", "B."), Own},
		{by("piper", "A."), ""}, // it speaks German
		{timeline.Line{Text: "A.", Language: "de-AT", Voice: "piper"}, "piper"},
		{timeline.Line{Text: "A.", Language: "en-GB", Voice: "hazel"}, "hazel"},
		{timeline.Line{Text: "A.", Language: "", Voice: "hazel"}, "hazel"},
		{timeline.Line{Text: "A.", Language: "de", Voice: "hazel"}, ""},
		{timeline.Line{Text: "B.", Language: "de", Voice: "hazel"}, Own},
		{by("nobody", "A."), ""},
		{by("", "B."), ""},
		{by(Browser, "B."), ""},
	} {
		got := ""
		if s := v.source(c.line); s != nil {
			got = s.self().ID
		}
		if got != c.want || v.Says(c.line) != (c.want != "") {
			t.Errorf("%+v: %q says it, want %q", c.line, got, c.want)
		}
	}
}

func TestChoose(t *testing.T) {
	all := []string{"A.", "B.", "C."}
	for name, c := range map[string]struct {
		narrators map[Narrator][]string
		recorded  []string
		engine    bool
		language  string
		wanted    string
		want      string
		offers    string
	}{
		"nobody":                           {want: ""},
		"nobody, though wanted":            {wanted: "hazel", want: ""},
		"the browser, whoever else":        {narrators: map[Narrator][]string{hazel: all}, wanted: Browser, want: Browser, offers: "hazel 3"},
		"the first narrator":               {narrators: map[Narrator][]string{hazel: all, rowan: all}, want: "hazel", offers: "hazel 3, rowan 3"},
		"the wanted one":                   {narrators: map[Narrator][]string{hazel: all, rowan: all}, wanted: "rowan", want: "rowan", offers: "hazel 3, rowan 3"},
		"the wanted one, of two of three":  {narrators: map[Narrator][]string{hazel: all, rowan: all[:2]}, wanted: "rowan", want: "rowan", offers: "hazel 3, rowan 2"},
		"who says all":                     {narrators: map[Narrator][]string{hazel: all[:2], rowan: all}, want: "rowan", offers: "rowan 3, hazel 2"},
		"an engine that says all":          {narrators: map[Narrator][]string{hazel: all[:2]}, engine: true, want: "system", offers: "system 3, hazel 2"},
		"a narrator before an engine":      {narrators: map[Narrator][]string{hazel: all}, engine: true, want: "hazel", offers: "hazel 3, system 3"},
		"one's own, of everything":         {narrators: map[Narrator][]string{hazel: all}, recorded: all, want: Own, offers: "own 3, hazel 3"},
		"one's own, of some":               {narrators: map[Narrator][]string{hazel: all}, recorded: all[:1], want: "hazel", offers: "hazel 3, own 1"},
		"what is missing is one's own":     {narrators: map[Narrator][]string{hazel: all[:2]}, recorded: all[2:], engine: true, want: "hazel", offers: "hazel 3, system 3, own 1"},
		"someone unknown":                  {narrators: map[Narrator][]string{hazel: all}, wanted: "zoe", want: "hazel", offers: "hazel 3"},
		"another language":                 {narrators: map[Narrator][]string{hazel: all}, language: "de", want: "", wanted: "hazel"},
		"another language, and an engine":  {narrators: map[Narrator][]string{hazel: all}, language: "de", engine: true, wanted: "hazel", want: "system", offers: "system 3"},
		"only a region of the language":    {narrators: map[Narrator][]string{hazel: all}, language: "en-AU", want: "hazel", offers: "hazel 3"},
		"nothing but one's own, of one":    {recorded: all[:1], want: Own, offers: "own 1"},
		"one's own is wanted, and has one": {narrators: map[Narrator][]string{hazel: all}, recorded: all[:1], wanted: Own, want: Own, offers: "hazel 3, own 1"},
	} {
		v := with(t, Config{Recordings: t.TempDir(), Narration: shipped(t, c.narrators)})
		if c.engine {
			spokenBy(v, "system", at300)
		}
		for _, text := range c.recorded {
			records(t, v, text, 500)
		}
		s := page(t, c.language, all...)
		if got := v.Choose(s, c.wanted); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		var offers []string
		for _, o := range v.Offers(s) {
			offers = append(offers, fmt.Sprint(o.ID, " ", o.Says))
			if o.Of != len(all) {
				t.Errorf("%s: of %d", name, o.Of)
			}
		}
		if got := strings.Join(offers, ", "); got != c.offers {
			t.Errorf("%s: offered are %s, want %s", name, got, c.offers)
		}
	}
}

// TestAVeryLongScript: what could not lie in memory is read on the screen.
func TestAVeryLongScript(t *testing.T) {
	v := with(t, Config{})
	spokenBy(v, "system", at300)
	speaks := func(minutes int) *script.Script {
		s := &script.Script{Language: "en", Sections: []script.Section{{}}}
		for i := range minutes {
			text := fmt.Sprint(i, strings.Repeat(" word", timeline.WordsAMinute-1))
			s.Sections[0].Items = append(s.Sections[0].Items, script.Prompt{Text: text})
		}
		return s
	}
	for minutes, want := range map[int]string{59: "system", 60: "system", 61: ""} {
		if got := v.Choose(speaks(minutes), "system"); got != want {
			t.Errorf("%d minutes: %q, want %q", minutes, got, want)
		}
	}
	slow := speaks(60)
	for _, l := range lines(Texts(slow), "en", "system") {
		v.memory.know(l, 61*time.Second, stored{}, 0)
	}
	if got := v.Choose(slow, ""); got != "" {
		t.Errorf("%s takes 61 minutes for it", got)
	}
	spokenBy(v, "swift", at300)
	if got := v.Choose(slow, "system"); got != "swift" {
		t.Errorf("%q, and another has the time", got)
	}
	if got := v.Choose(speaks(61), Browser); got != Browser {
		t.Errorf("a browser needs no memory of ours, and says %q", got)
	}
}

func TestTexts(t *testing.T) {
	s := page(t, "en", "A.", "B.", "A.")
	if got := Texts(s); !slices.Equal(got, []string{"A.", "B."}) {
		t.Errorf("%q", got)
	}
	s, err := script.Parse("page.txt", "title: Page\n\n# One\nA. [5]\n[anchor]\n[anchor]\n")
	if err != nil {
		t.Fatal(err)
	}
	if got := Texts(s); len(got) != 1+len(script.Anchors) || got[1] != timeline.AnchorPrompt(script.Anchors[0]) {
		t.Errorf("%q", got)
	}
}

func TestSample(t *testing.T) {
	for language, want := range map[string]string{"": "You can", "en-GB": "You can", "de_AT": "Du kannst", "FR": "Vous", "sw": "You can"} {
		if got := Sample(language); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %s", language, got)
		}
	}
}

func TestList(t *testing.T) {
	v := with(t, Config{Recordings: t.TempDir(), Narration: shipped(t, map[Narrator][]string{hazel: nil, rowan: nil})})
	ids := func() (ids []string) {
		for _, i := range v.List() {
			ids = append(ids, i.ID)
		}
		return ids
	}
	if got := ids(); !slices.Equal(got, []string{"hazel", "rowan"}) {
		t.Errorf("%v", got)
	}
	records(t, v, "A.", 500)
	if got := ids(); !slices.Equal(got, []string{Own, "hazel", "rowan"}) {
		t.Errorf("with a recording: %v", got)
	}
	t.Chdir(v.own.folder)
	if got := with(t, Config{}).List(); len(got) != 0 {
		t.Errorf("without a folder the present one is looked at: %v", got)
	}
}

func TestNarrationThatIsBroken(t *testing.T) {
	for name, folder := range map[string]fs.FS{
		"nothing there": fstest.MapFS{},
		"no list":       fstest.MapFS{narratorsFile: {Data: []byte("hello")}},
	} {
		v, err := New(Config{Narration: folder, Recordings: t.TempDir()})
		if err == nil || !strings.Contains(err.Error(), "the shipped voices") {
			t.Errorf("%s: %v", name, err)
		}
		if records(t, v, "A.", 500); v.Choose(page(t, "en", "A."), "") != Own {
			t.Errorf("%s: the other voices are gone with it", name)
		}
	}
	folder := shipped(t, map[Narrator][]string{hazel: {"A.", "B."}})
	folder[hazel.File("B.")] = &fstest.MapFile{Data: []byte("OggS, or not")}
	v := with(t, Config{Narration: folder})
	said, err := v.Ready(t.Context(), page(t, "en", "A.", "B."), "hazel", nil)
	if err != nil || said != (Said{1, 2}) {
		t.Errorf("%+v %v", said, err)
	}
	if got := v.Length(by("hazel", "B.")); got != timeline.ByWords(by("hazel", "B.")) || v.Samples(by("hazel", "B.")) != nil {
		t.Errorf("a line that is broken takes %v", got)
	}
}

// tally counts what is read of a folder.
type tally struct {
	fstest.MapFS
	read atomic.Int32
}

func (f *tally) ReadFile(name string) ([]byte, error) {
	f.read.Add(1)
	return f.MapFS.ReadFile(name)
}

// TestNarrationsLength is the same before it is decoded and after, and a line is
// read no more once it is in memory.
func TestNarrationsLength(t *testing.T) {
	folder := &tally{MapFS: shipped(t, map[Narrator][]string{hazel: {"A."}})}
	v := with(t, Config{Narration: folder})
	want := samplesLast(len(v.Samples(by("hazel", "A."))))
	if got := with(t, Config{Narration: folder}).Length(by("hazel", "A.")); got != want || want < time.Second {
		t.Errorf("it takes %v and says %v", want, got)
	}
	read := folder.read.Load()
	for range 10 {
		v.Samples(by("hazel", "A."))
	}
	if got := folder.read.Load(); got != read {
		t.Errorf("what is in memory is read %d times again", got-read)
	}
}

// TestPrepare: the calls of progress come in order, once each, and what is made is
// made once.
func TestPrepare(t *testing.T) {
	v := with(t, Config{Cache: t.TempDir(), Recordings: t.TempDir()})
	length := 300
	runs := spokenBy(v, "system", func(_ context.Context, text string) (pcm.Clip, error) {
		length += 50
		return hum(pcm.Rate, length), nil
	})
	records(t, v, "B.", 900)
	var calls []string
	told := func(done, of int) { calls = append(calls, fmt.Sprint(done, "/", of)) }
	texts := []string{"A.", "B.", "C.", "A."}
	said, err := v.Prepare(t.Context(), texts, "en", "system", told)
	if err != nil || said != (Said{4, 4}) || runs.Load() != 2 || strings.Join(calls, " ") != "1/4 2/4 3/4 4/4" {
		t.Errorf("%+v %v, %d were made, %v", said, err, runs.Load(), calls)
	}
	for _, text := range texts {
		sameLength(t, v, by("system", text))
	}
	if _, err := v.Prepare(t.Context(), texts, "en", "system", nil); err != nil || runs.Load() != 2 {
		t.Errorf("again: %v, %d were made", err, runs.Load())
	}
	again := with(t, Config{Cache: v.cache.folder})
	runs = spokenBy(again, "system", at300)
	if said, _ := again.Prepare(t.Context(), []string{"A.", "C."}, "en", "system", nil); said.Texts != 2 || runs.Load() != 0 {
		t.Errorf("the next run of the program made %d anew", runs.Load())
	}
	if got, want := again.Length(by("system", "C.")), v.Length(by("system", "C.")); got != want {
		t.Errorf("it takes %v, and took %v", got, want)
	}
}

// TestNobodyWaitsForAnothersEngine: a narrated script is ready at once while an
// engine takes a minute for each line of another.
func TestNobodyWaitsForAnothersEngine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := with(t, Config{Narration: shipped(t, map[Narrator][]string{hazel: {"A.", "B."}})})
		spokenBy(v, "system", func(ctx context.Context, _ string) (pcm.Clip, error) {
			select {
			case <-time.After(time.Minute):
				return hum(pcm.Rate, 300), nil
			case <-ctx.Done():
				return pcm.Clip{}, ctx.Err()
			}
		})
		if said, _ := v.Prepare(t.Context(), []string{"Known."}, "en", "system", nil); said.Texts != 1 {
			t.Fatal(said)
		}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 2)
		for _, text := range []string{"Slow", "Slower"} {
			go func() {
				_, err := v.Prepare(ctx, []string{text + " one.", text + " two."}, "en", "system", nil)
				ended <- err
			}()
		}
		synctest.Wait()
		began := time.Now()
		set, err := v.Settle(t.Context(), page(t, "en", "A.", "B."), timeline.Settings{Voice: "hazel"})
		if err != nil || set.Voice != "hazel" || time.Since(began) != 0 {
			t.Errorf("%v %v after %v", set.Voice, err, time.Since(began))
		}
		if _, err := v.Prepare(t.Context(), []string{"Known."}, "en", "system", nil); err != nil || time.Since(began) != 0 {
			t.Errorf("what an engine made before: %v after %v", err, time.Since(began))
		}
		if said, err := v.Prepare(t.Context(), []string{"Mine."}, "en", "system", nil); err != nil || said.Texts != 1 || time.Since(began) > 3*time.Minute {
			t.Errorf("a line of a third: %v after %v", err, time.Since(began))
		}
		cancel()
		for range 2 {
			if err := <-ended; !errors.Is(err, context.Canceled) {
				t.Error(err)
			}
		}
	})
}

// TestTwoWhoWantTheSame: the second finds what the first has made.
func TestTwoWhoWantTheSame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := with(t, Config{})
		runs := spokenBy(v, "system", func(context.Context, string) (pcm.Clip, error) {
			time.Sleep(time.Second) // of the bubble
			return hum(pcm.Rate, 300), nil
		})
		texts := []string{"A.", "B.", "C."}
		ended := make(chan Said, 2)
		for range 2 {
			go func() {
				said, _ := v.Prepare(t.Context(), texts, "en", "system", nil)
				ended <- said
			}()
		}
		if a, b := <-ended, <-ended; a != (Said{3, 3}) || b != a || runs.Load() != 3 {
			t.Errorf("%+v %+v, %d were made", a, b, runs.Load())
		}
	})
}

// TestCancelKeepsWhatIsMade, and takes no time.
func TestCancelKeepsWhatIsMade(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := with(t, Config{Cache: t.TempDir()})
		runs := spokenBy(v, "system", func(ctx context.Context, text string) (pcm.Clip, error) {
			if text == "B." {
				<-ctx.Done()
				return pcm.Clip{}, ctx.Err()
			}
			return hum(pcm.Rate, 300), nil
		})
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		calls := 0
		said, err := v.Prepare(ctx, []string{"A.", "B.", "C."}, "en", "system", func(int, int) { calls++ })
		if !errors.Is(err, context.DeadlineExceeded) || said.Texts != 1 || calls != 1 || runs.Load() != 2 {
			t.Errorf("%+v %v, told %d times, %d runs", said, err, calls, runs.Load())
		}
		if got := v.Length(by("system", "B.")); got != timeline.ByWords(by("system", "B.")) {
			t.Errorf("what was not made takes %v", got)
		}
		if said, err := v.Prepare(t.Context(), []string{"A."}, "en", "system", nil); said.Texts != 1 || err != nil || runs.Load() != 2 {
			t.Errorf("%+v %v, %d runs", said, err, runs.Load())
		}
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		if said, err := v.Prepare(gone, []string{"A."}, "en", "system", nil); !errors.Is(err, context.Canceled) || said.Texts != 0 {
			t.Errorf("%+v %v", said, err)
		}
	})
}

// TestFaults: a line that is not spoken is on the screen; after three in a row
// nobody waits for the engine any more, and the next script gives it a new try.
func TestFaults(t *testing.T) {
	var faults []string
	v := with(t, Config{Fault: func(err error) { faults = append(faults, err.Error()) }})
	runs := spokenBy(v, "system", func(_ context.Context, text string) (pcm.Clip, error) {
		if strings.HasPrefix(text, "Bad") {
			return pcm.Clip{}, errors.New("it coughed")
		}
		return hum(pcm.Rate, 300), nil
	})
	said, err := v.Prepare(t.Context(), []string{"Bad 1.", "Bad 2.", "Good 1.", "Bad 3.", "Bad 4.", "Good 2."}, "en", "system", nil)
	if err != nil || said != (Said{2, 6}) || runs.Load() != 6 || len(faults) != 4 {
		t.Errorf("%+v %v, %d runs, %q", said, err, runs.Load(), faults)
	}
	if l := by("system", "Bad 1."); v.Length(l) != timeline.ByWords(l) || v.Samples(l) != nil {
		t.Errorf("it takes %v", v.Length(l))
	}
	faults, calls := nil, 0
	said, _ = v.Prepare(t.Context(), []string{"Bad 1.", "Bad 2.", "Bad 3.", "Bad 4.", "Good 1.", "Good 3."}, "en", "system", func(int, int) { calls++ })
	if said.Texts != 1 || runs.Load() != 9 || calls != 6 || len(faults) != 4 || !strings.Contains(faults[0], "“Bad 1.” is not spoken: it coughed") || !strings.Contains(faults[3], "Engine system did not speak 3 times in a row") {
		t.Errorf("%+v, told %d times, %d runs, %q", said, calls, runs.Load(), faults)
	}
	if said, _ := v.Prepare(t.Context(), []string{"Good 3."}, "en", "system", nil); said.Texts != 1 {
		t.Errorf("the engine is never asked again")
	}
}

func TestSettle(t *testing.T) {
	v := with(t, Config{Narration: shipped(t, map[Narrator][]string{hazel: {"A."}, rowan: {"A."}})})
	s := page(t, "en", "A.")
	for _, c := range []struct {
		asked timeline.Settings
		want  string
	}{
		{timeline.Settings{}, "hazel"},
		{timeline.Settings{Voice: "rowan"}, "rowan"},
		{timeline.Settings{Voice: Browser}, Browser},
		{timeline.Settings{Voice: "rowan", TextOnly: true}, ""},
	} {
		got, err := v.Settle(t.Context(), s, c.asked)
		if err != nil || got.Voice != c.want || got.TextOnly != c.asked.TextOnly {
			t.Errorf("%+v: %+v %v", c.asked, got, err)
		}
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := v.Settle(gone, s, timeline.Settings{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestLengthHolds: from Prepare on, a line's length is that of its samples and
// stays so, whatever becomes of the files it was made of.
func TestLengthHolds(t *testing.T) {
	v := with(t, Config{Cache: t.TempDir(), Recordings: t.TempDir(), Narration: shipped(t, map[Narrator][]string{hazel: {"N."}})})
	v.memory.most = 1 << 20 // several of them do not fit at the same time
	ms := 0
	spokenBy(v, "system", func(context.Context, string) (pcm.Clip, error) {
		ms += 137
		c := hum(pcm.Rate, 300+ms)
		return pcm.Clip{Rate: pcm.Rate, Samples: c.Samples[:len(c.Samples)-ms%48]}, nil // no whole millisecond
	})
	records(t, v, "O.", 1234)
	texts := []string{"O.", "A.", "B.", "C.", "D.", "E.", "F.", "G.", "H.", "I.", "J.", "K.", "L."}
	if _, err := v.Prepare(t.Context(), texts, "en", "system", nil); err != nil {
		t.Fatal(err)
	}
	all := append(lines(texts, "en", "system"), by("hazel", "N."), by("hazel", "O."), by("nobody", "N."))
	before := map[timeline.Line]time.Duration{}
	for _, l := range all {
		if before[l] = v.Length(l); l.Voice != "nobody" {
			sameLength(t, v, l)
		}
	}
	for _, name := range filesIn(t, v.cache.folder) {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.RemoveAll(filepath.Join(v.own.folder)); err != nil {
		t.Fatal(err)
	}
	for _, l := range lines(texts, "en", "system") {
		if got := v.Length(l); got != before[l] {
			t.Errorf("%+v takes %v, and took %v", l, got, before[l])
		}
	}
}

// TestThePageSaysTheBounds that hold.
func TestThePageSaysTheBounds(t *testing.T) {
	page, err := os.ReadFile("../../docs/voices.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		fmt.Sprintf("%.1f s between two sentences, %.2f s more at a comma", SentencePause.Seconds(), clausePause.Seconds()),
		fmt.Sprintf("%d bytes, %.0f s, %d MB |", mostSentence, sentenceTime.Seconds(), mostFile>>20),
		fmt.Sprintf("| %d MB, some four hours", mostCache>>20),
		fmt.Sprintf("| %d MB |", 2*mostMemory>>20),
		fmt.Sprintf("Up to %d are offered", mostModels),
		fmt.Sprintf("After %s such lines in a row", []string{2: "two", 3: "three"}[mostFaults]),
		fmt.Sprintf("about %d words a minute", timeline.WordsAMinute),
		fmt.Sprintf("−%d LUFS", int(-Loudness)),
	} {
		if !strings.Contains(string(page), want) {
			t.Errorf("it does not say %q", want)
		}
	}
}
