package voice

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
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
	if got := Texts(s); len(got) != 1+len(script.Anchors) || got[1] != timeline.AnchorPrompt(s.Language, script.Anchors[0]) {
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
