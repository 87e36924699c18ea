package voice

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"stillpoint/internal/pcm"
	"stillpoint/internal/timeline"
)

// sharp is words as they might come to hurt: none may be more than words.
var sharp = []string{
	"$(touch x)", "`touch x`", `"; rm -rf . #`, "--help", "-f /etc/passwd", "--output_file x", "a\nb\r\nc", "nul\x00 and \x1b[2J bell\a",
	"🙂 you might smile", "مرحبا بك", "%PATH% $env:PATH", "'quoted' and \\ back", "one, two; three & four | five > x",
}

// TestWordsAreOnlyWords: they come by standard input, in one line, and nothing of
// them is in a command.
func TestWordsAreOnlyWords(t *testing.T) {
	log := behaves(t, "speaks")
	e := faker(t)
	t.Chdir(t.TempDir())
	for _, text := range sharp {
		if _, err := e.speak(t.Context(), text, "en"); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
	runs := log()
	if len(runs) != len(sharp) {
		t.Fatalf("%d runs", len(runs))
	}
	for i, g := range runs {
		if len(g.Args) != 2 || g.Args[0] != "-w" || filepath.Base(g.Args[1]) != "sentence.wav" {
			t.Errorf("%q: %q", sharp[i], g.Args)
		}
		words, ok := strings.CutSuffix(g.Stdin, "\n")
		if !ok || strings.ContainsAny(words, "\n\r\x00\x1b\a") || !slices.Equal(strings.Fields(words), strings.Fields(strings.NewReplacer("\x00", " ", "\x1b", " ", "\a", " ").Replace(sharp[i]))) {
			t.Errorf("%q came as %q", sharp[i], g.Stdin)
		}
	}
	if left := filesIn(t, "."); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestBadEngines: whatever an engine does, the line ends in an error that says
// why, and leaves nothing behind.
func TestBadEngines(t *testing.T) {
	for how, want := range map[string]string{
		"coughs":              `exit status 3 "no such voice`,
		"chatters and coughs": `exit status 4 "la la`,
		"nothing":             "it wrote nothing",
		"empty":               "is empty",
		"silent":              "is silent",
		"nonsense":            "is not a sound",
		"folder":              "is no file",
		"link":                "is no file",
		"floods":              "more than a sentence can be",
	} {
		behaves(t, how)
		t.Setenv("TMPDIR", t.TempDir())
		_, err := faker(t).speak(t.Context(), "Hello.", "en")
		if err == nil || !strings.Contains(err.Error(), want) || len(err.Error()) > 2*mostComplain {
			t.Errorf("%s: %v", how, err)
		}
		if left := filesIn(t, os.TempDir()); len(left) > 0 {
			t.Errorf("%s: left behind: %v", how, left)
		}
	}
	behaves(t, "chatters")
	if _, err := faker(t).speak(t.Context(), "Hello.", "en"); err != nil {
		t.Errorf("one that prints megabytes and speaks: %v", err)
	}
}

// TestAnEngineThatIsNotThere any more is a fault like any other.
func TestAnEngineThatIsNotThere(t *testing.T) {
	e := faker(t)
	e.command = func(string, string) []string { return []string{filepath.Join(t.TempDir(), "gone")} }
	if _, err := e.speak(t.Context(), "Hello.", "en"); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}

// TestEnginesAreEnded: at once when nobody waits any more, in time when they take
// too long, and when they write too much; and whoever they started is ended too.
func TestEnginesAreEnded(t *testing.T) {
	for name, c := range map[string]struct {
		how     string
		patient time.Duration
		cancel  bool
		want    error
	}{
		"it hangs, and nobody waits":        {"hang", time.Hour, true, context.Canceled},
		"its child hangs, and nobody waits": {"has a child", time.Hour, true, context.Canceled},
		"it floods the disk":                {"floods and stays", time.Hour, false, errTooMuch},
	} {
		behaves(t, c.how)
		here, gone := called(t)
		e := faker(t)
		e.patient = c.patient
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() {
			_, err := e.speak(ctx, "Hello.", "en")
			ended <- err
		}()
		here()
		if c.cancel {
			cancel()
		}
		if err := <-ended; !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		gone()
		cancel()
	}
	behaves(t, "hang")
	called(t)
	e := faker(t)
	e.patient = 20 * time.Millisecond
	if _, err := e.speak(t.Context(), "Hello.", "en"); !errors.Is(err, errTooSlow) {
		t.Errorf("it hangs: %v", err)
	}
}

func TestALineOfSentences(t *testing.T) {
	log := behaves(t, "only plain words")
	v := with(t, Config{Cache: t.TempDir()})
	e := made{faker(t), v.cache}
	v.chain = append(v.chain, e)
	for text, want := range map[string]struct {
		runs []string
		err  string
	}{
		"One. Two, three.":                      {[]string{"One.\n", "Two, three.\n"}, ""},
		"One … … two.":                          {[]string{"One …\n", "two.\n"}, ""},
		"… — .":                                 {nil, "no words"},
		"One. An odd one. Two.":                 {[]string{"One.\n", "An odd one.\n"}, "exit status 5"},
		strings.Repeat("word ", 401):            {nil, "too long to be spoken"},
		"Fine. " + strings.Repeat("word ", 401): {[]string{"Fine.\n"}, "too long to be spoken"},
		strings.Repeat("word ", 399):            {[]string{strings.Repeat("word ", 398) + "word\n"}, ""},
	} {
		before := len(log())
		s, err := e.make(t.Context(), by("fake", text))
		var runs []string
		for _, g := range log()[before:] {
			runs = append(runs, g.Stdin)
		}
		if !slices.Equal(runs, want.runs) || (err == nil) != (want.err == "") || err != nil && !strings.Contains(err.Error(), want.err) {
			t.Errorf("%.30q: it was given %.100q, %v", text, runs, err)
		}
		if err == nil && s.length() < SentencePause*time.Duration(len(runs)-1) {
			t.Errorf("%.30q: it takes %v", text, s.length())
		}
	}
}

// TestABrokenEngineNeverHoldsAScriptUp: three faults, and the rest is on the screen.
func TestABrokenEngineNeverHoldsAScriptUp(t *testing.T) {
	log := behaves(t, "coughs")
	installed(t, "espeak-ng")
	var faults []error
	v := with(t, Config{Engines: true, Cache: t.TempDir(), Fault: func(err error) { faults = append(faults, err) }})
	s := page(t, "en", "One.", "Two.", "Three.", "Four.", "Five.", "Six.")
	set, err := v.Settle(t.Context(), s, timeline.Settings{})
	if err != nil || set.Voice != "espeak-ng" || len(log()) != mostFaults || len(faults) != mostFaults+1 {
		t.Errorf("%q %v, %d runs, %v", set.Voice, err, len(log()), faults)
	}
	tl, err := timeline.Compile(s, set, v.Length)
	byWords, _ := timeline.Compile(s, set, timeline.ByWords)
	if err != nil || tl.Length != byWords.Length {
		t.Errorf("%v, and it takes %v", err, tl.Length)
	}
}

func TestPipersAndTheSystem(t *testing.T) {
	log := behaves(t, "speaks")
	installed(t, "piper", "espeak-ng", "spd-say")
	models := t.TempDir()
	for name, about := range map[string]string{
		"en_US-joe-medium.onnx":  `{"language":{"code":"en_US"},"espeak":{"voice":"en-us"}}`,
		"de_DE-old.onnx":         `{"espeak":{"voice":"de"}}`,
		"[x] odd --name.onnx":    `{"language":{"code":"fr_FR"}}`,
		"x-odd-name.onnx":        `{"language":{"code":"it"}}`, // goes by the name of another
		"no-language.onnx":       `{}`,
		"no-description.onnx":    ``,
		"not-a-description.onnx": `{`,
	} {
		for file, text := range map[string]string{name: "a model", name + ".json": about} {
			if text == "" {
				continue
			}
			if err := os.WriteFile(filepath.Join(models, file), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	t.Chdir(models)
	v := with(t, Config{Engines: true, Models: "."}) // engines run elsewhere, and still find it
	var ids []string
	for _, i := range v.List() {
		ids = append(ids, i.ID)
	}
	want := []string{"piper-x-odd-name", "piper-de-de-old", "piper-en-us-joe-medium"}
	if runtimeSystem != "" {
		want = append(want, runtimeSystem)
	}
	if !slices.Equal(ids, want) {
		t.Fatalf("%q, want %q", ids, want)
	}
	if said, err := v.Prepare(t.Context(), []string{"Hello."}, "en", "piper-en-us-joe-medium", nil); err != nil || said.Texts != 1 {
		t.Fatal(said, err)
	}
	sameLength(t, v, by("piper-en-us-joe-medium", "Hello."))
	model, err := filepath.Abs("en_US-joe-medium.onnx")
	if err != nil {
		t.Fatal(err)
	}
	g := log()[0]
	if len(g.Args) != 6 || !slices.Equal(g.Args[:5], []string{"--model", model, "--length_scale", "1.3", "--output_file"}) || !filepath.IsAbs(g.Args[5]) || g.Stdin != "Hello.\n" || g.Env["PYTHONUTF8"] != "1" {
		t.Errorf("%+v", g)
	}
	s := page(t, "de-AT", "Hallo.")
	if got := v.Choose(s, ""); got != "piper-de-de-old" {
		t.Errorf("German is said by %s", got)
	}
}

func TestNoEngines(t *testing.T) {
	t.Setenv("PATH", "")
	if v := with(t, Config{Engines: true, Models: t.TempDir()}); len(v.List()) != 0 {
		t.Errorf("%v", v.List())
	}
	installed(t, "piper", "espeak-ng")
	if v := with(t, Config{Models: t.TempDir()}); len(v.List()) != 0 {
		t.Errorf("nobody asked for engines: %v", v.List())
	}
	if found := pipers("piper", ""); len(found) != 0 {
		t.Errorf("%v", found)
	}
}

func TestManyModels(t *testing.T) {
	models := t.TempDir()
	for i := range mostModels + 4 {
		name := filepath.Join(models, string(rune('a'+i))+strings.Repeat("-long-name", 12)+".onnx")
		for file, text := range map[string]string{name: "x", name + ".json": `{"language":{"code":"en"}}`} {
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	found := pipers("piper", models)
	if len(found) != mostModels {
		t.Errorf("%d are offered", len(found))
	}
	for _, e := range found {
		if len(e.ID) > timeline.MaxVoice {
			t.Errorf("%s cannot be asked for", e.ID)
		}
	}
}

// TestEspeakLanguages: what a script's header says of its language is never more than the
// name of a language.
func TestEspeakLanguages(t *testing.T) {
	for language, want := range map[string]string{
		"": "en-us", "en": "en", "en-GB": "en-gb", "de_AT": "de-at", "es-419": "es-419", "pt-BR": "pt-br",
		"--help": "en-us", "-v": "en-us", "../../etc": "en-us", "en us": "en-us", "en\x00": "en-us", "ü": "en-us", "/dev/null": "en-us", "en+f3": "en-us",
		strings.Repeat("a", 36): "en-us",
	} {
		args := espeak("espeak-ng", "/bin/espeak-ng").command(language, "/tmp/out.wav")
		if got, want := strings.Join(args, " "), "/bin/espeak-ng --stdin -v "+want+" -s 140 -w /tmp/out.wav"; got != want {
			t.Errorf("%q: %s, want %s", language, got, want)
		}
	}
}

// TestTheRealEspeak speaks; on CI it must be there.
func TestTheRealEspeak(t *testing.T) {
	e, ok := system("linux", lookFor("espeak-ng"))
	if !ok {
		if os.Getenv("CI") != "" {
			t.Fatal("espeak-ng is not installed")
		}
		t.Skip("espeak-ng is not installed")
	}
	v := with(t, Config{Cache: t.TempDir()})
	v.chain = append(v.chain, made{e, v.cache})
	short, long := by("espeak-ng", "Hello."), by("espeak-ng", "Welcome. You can pause, or stop, at any moment. Nothing here has to be done.")
	if said, err := v.Prepare(t.Context(), []string{short.Text, long.Text}, "en", "espeak-ng", nil); err != nil || said.Texts != 2 {
		t.Fatal(said, err)
	}
	for _, l := range []timeline.Line{short, long} {
		sameLength(t, v, l)
	}
	if got, want := v.Length(long), timeline.ByWords(long); got < want*7/10 || got > want*14/10 {
		t.Errorf("it takes %v, reckoned are %v", got, want)
	}
	c := pcm.Clip{Rate: pcm.Rate}
	for _, x := range v.Samples(long) {
		c.Samples = append(c.Samples, float32(x)/32768)
	}
	loudIs(t, "espeak", c)
	var texts []string
	for _, text := range sharp[:3] {
		texts = append(texts, "Well "+text)
	}
	if said, err := v.Prepare(t.Context(), texts, "en", "espeak-ng", nil); err != nil || said.Texts != len(texts) {
		t.Errorf("%+v %v", said, err)
	}
}
