package voice

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// runtimeSystem is the voice of the system this test runs on, where its fakes stand
// for it.
var runtimeSystem = map[string]string{"linux": "espeak-ng", "freebsd": "espeak-ng"}[runtime.GOOS]

// lookFor finds one program, where it is installed, and no other.
func lookFor(name string) func(string) (string, error) {
	return func(asked string) (string, error) {
		if asked != name {
			return "", exec.ErrNotFound
		}
		return exec.LookPath(name)
	}
}

func TestSystem(t *testing.T) {
	has := func(names ...string) func(string) (string, error) {
		return func(name string) (string, error) {
			if slices.Contains(names, name) {
				return "/bin/" + name, nil
			}
			return "", exec.ErrNotFound
		}
	}
	for _, c := range []struct {
		os   string
		has  []string
		want string
	}{
		{"linux", []string{"espeak-ng", "espeak", "spd-say"}, "espeak-ng"},
		{"linux", []string{"espeak"}, "espeak"},
		{"linux", []string{"spd-say", "say", "powershell.exe"}, ""},
		{"windows", []string{"powershell.exe", "espeak-ng"}, "sapi"},
		{"windows", nil, ""},
		{"darwin", nil, ""},
		{"darwin", []string{"say"}, ""}, // it does not answer
	} {
		e, ok := system(c.os, has(c.has...))
		if ok != (c.want != "") || ok && e.ID != c.want {
			t.Errorf("%s with %v: %q, want %q", c.os, c.has, e.ID, c.want)
		}
	}
}

func TestSayVoices(t *testing.T) {
	for list, want := range map[string]map[string]string{
		"": {},
		"Alex                en_US    # Most people recognize me by my voice.\n" +
			"Anna                de_DE    # Hallo, ich heiße Anna.\n" +
			"Anna (Premium)      de_DE    # Hallo!\n" +
			"Bad News            en_US    # The light you see\n" +
			"Grandma (Finnish (Finland)) fi_FI    # Hei! # Hei!\n" +
			"Samantha            en-scotland # hi\n" +
			"Tingting            zh_CN\n": {"en": "Alex", "de": "Anna", "fi": "Grandma (Finnish (Finland))", "zh": "Tingting"},
		"# only a remark\n\nword\n": {},
	} {
		if got := sayVoices(list); !maps.Equal(got, want) {
			t.Errorf("%q: %v, want %v", list, got, want)
		}
	}
}

// TestSay runs a fake of macOS's own, which answers with a list and then speaks.
func TestSay(t *testing.T) {
	log := behaves(t, "says")
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	e, ok := system("darwin", func(string) (string, error) { return self, nil })
	if !ok || !slices.Equal(e.Languages, []string{"de", "en"}) {
		t.Fatalf("%v %v", ok, e.Languages)
	}
	if _, err := e.speak(t.Context(), "Hallo.", "de-AT"); err != nil {
		t.Fatal(err)
	}
	runs := log()
	g := runs[len(runs)-1]
	want := []string{"-f", "-", "-v", "Anna", "-r", "140", "-o", "OUT", "--file-format=WAVE", "--data-format=LEI16@22050"}
	if len(g.Args) != len(want) || filepath.Base(g.Args[7]) != "sentence.wav" || g.Stdin != "Hallo.\n" {
		t.Fatalf("%q", g)
	}
	g.Args[7] = "OUT"
	if !slices.Equal(g.Args, want) || !slices.Equal(runs[0].Args, []string{"-v", "?"}) {
		t.Errorf("%q, %q", g.Args, runs[0].Args)
	}
}

// TestSAPI: its command is always the same; the words come by standard input, the
// file and the language by the environment.
func TestSAPI(t *testing.T) {
	log := behaves(t, "speaks")
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	e, ok := system("windows", func(string) (string, error) { return self, nil })
	if !ok {
		t.Fatal("it is not there")
	}
	for _, language := range []string{"de-AT", "'; rm x", ""} {
		if _, err := e.speak(t.Context(), "$(rm x) “Hallo”", language); err != nil {
			t.Fatal(err)
		}
	}
	for i, want := range []string{"de", "'; rm x", "en"} {
		g := log()[i]
		if !slices.Equal(g.Args, []string{"-NoProfile", "-NonInteractive", "-Command", sapiScript}) || g.Stdin != "$(rm x) “Hallo”\n" {
			t.Errorf("%q", g)
		}
		if g.Env["STILLPOINT_LANGUAGE"] != want || filepath.Base(g.Env["STILLPOINT_OUT"]) != "sentence.wav" {
			t.Errorf("%q", g.Env)
		}
	}
	for _, reads := range []string{"-eq $env:STILLPOINT_LANGUAGE}", "$env:STILLPOINT_OUT)", "[Console]::In.ReadToEnd()"} {
		if strings.Count(sapiScript, reads) != 1 {
			t.Errorf("it does not read %s", reads)
		}
	}
	if strings.Contains(sapiScript, "Invoke") || strings.Contains(sapiScript, "SpeakSsml") {
		t.Error("words might be more than words")
	}
}
