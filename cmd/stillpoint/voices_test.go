package main

import (
	"bytes"
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/adrg/xdg"
)

// TestMain keeps every test from what this computer has: its engines, and the data
// of the person whose computer it is.
func TestMain(m *testing.M) {
	os.Exit(func() int {
		home, err := os.MkdirTemp("", "stillpoint-test-")
		if err != nil {
			panic(err)
		}
		defer os.RemoveAll(home)
		os.Setenv("PATH", "")
		os.Setenv("XDG_DATA_HOME", home)
		xdg.Reload()
		return m.Run()
	}())
}

// spoken is a WAV file in which something sounds for so many milliseconds.
func spoken(t *testing.T, ms int) (name string) {
	t.Helper()
	samples := make([]int16, 48*ms)
	for i := range samples {
		samples[i] = int16(6000 * math.Sin(2*math.Pi*200*float64(i)/48000))
	}
	var b bytes.Buffer
	b.WriteString("RIFF")
	binary.Write(&b, binary.LittleEndian, uint32(36+2*len(samples)))
	b.WriteString("WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x80\xbb\x00\x00\x00\x77\x01\x00\x02\x00\x10\x00data")
	binary.Write(&b, binary.LittleEndian, uint32(2*len(samples)))
	binary.Write(&b, binary.LittleEndian, samples)
	return file(t, "mine.wav", b.String())
}

// step is a command line, and what comes of it.
type step struct {
	args     []string
	code     int
	out, err string // in what it prints, in what it complains; "": nothing to look for
}

func follow(t *testing.T, steps []step) {
	t.Helper()
	for _, s := range steps {
		code, out, err := said(t, s.args...)
		if code != s.code || !strings.Contains(out, s.out) || !strings.Contains(err, s.err) {
			t.Errorf("%q: %d, want %d with %q and %q\n%s%s", s.args, code, s.code, s.out, s.err, out, err)
		}
	}
}

func TestVoices(t *testing.T) {
	data := t.TempDir()
	page := file(t, "page.txt", "title: Page\n\n# One\nA first line. [5]\n\nA second line. [5]\n")
	follow(t, []step{
		{[]string{"voices", "--data", data}, 0, "shipped\n", ""},
		{[]string{"voices", "--data", data}, 0, "Models for piper belong in " + filepath.Join(data, "voices"), ""},
		{[]string{"voices", page, "--data", data}, 0, "No voice here can say this script", ""},
		{[]string{"record", page, "2", spoken(t, 900), "--data", data}, 0, "Line 2 is now heard as you spoke it (0.9 s): A second line.", ""},
		{[]string{"voices", page, "--data", data}, 0, "says 1 of 2  (unless you choose another)", ""},
		{[]string{"voices", "--data", data}, 0, "Your own recordings    recorded", ""},
		{[]string{"voices", "feet-frist", "--data", data}, 1, "", "feet-first"},
		{[]string{"voices", "one", "two", "--data", data}, 2, "", "one script, or none"},
	})
	_, out, _ := said(t, "voices", "--data", data)
	for _, engine := range []string{"espeak", "piper-", "made on this computer"} {
		if strings.Contains(out, engine) {
			t.Errorf("these tests know of %s:\n%s", engine, out)
		}
	}
}

func TestRecord(t *testing.T) {
	data := t.TempDir()
	page := file(t, "page.txt", "title: Page\n\n# One\nA first line. [5]\n\nA second line. [5]\n")
	with := func(args ...string) []string {
		return append(append([]string{"record", page}, args...), "--data", data)
	}
	nonsense := file(t, "mine.wav", "this is not a sound, only a few words")
	follow(t, []step{
		{with(), 0, "    1  A first line.\n    2  A second line.\n", ""},
		{with("1", spoken(t, 700)), 0, "Line 1 is now heard", ""},
		{with(), 0, "●   1  A first line.\n    2  A second line.\n", ""},
		{with("1", spoken(t, 1700)), 0, "(1.7 s)", ""},
		{[]string{"print", page, "--who", "own", "--data", data}, 0, "0:00.0  0:01.7  say     A first line.", ""},
		{with("1", nonsense), 1, "", "“mine.wav” is not a sound that Stillpoint knows"},
		{with("1", filepath.Join(data, "nowhere.wav")), 1, "", "no such file"},
		{with("1", data), 1, "", "stillpoint: "},
		{with("3", spoken(t, 700)), 2, "", "has lines 1 to 2, and “3” is none of them"},
		{with("0", spoken(t, 700)), 2, "", "has lines 1 to 2"},
		{with("one", spoken(t, 700)), 2, "", "“one” is none of them"},
		{with("1"), 2, "", "It is written: stillpoint record"},
		{with("1", "a", "b"), 2, "", "record needs a script"},
		{with("--forget"), 2, "", "record needs a script"},
		{with("1", "a", "--forget"), 2, "", "record needs a script"},
		{with("9", "--forget"), 2, "", "has lines 1 to 2"},
		{[]string{"record", "--data", data}, 2, "", "record needs a script"},
		{[]string{"record", "feet-frist", "--data", data}, 1, "", "feet-first"},
		{[]string{"print", page, "--who", "own", "--data", data}, 0, "0:00.0  0:01.7  say     A first line.", ""},
		{with("1", "--forget"), 0, "The recording of line 1 is gone. Your own file is where it was.", ""},
		{with("--forget", "1"), 0, "Line 1 had no recording.", ""},
		{with(), 0, "    1  A first line.\n", ""},
	})
	changed := file(t, "page.txt", "title: Page\n\n# One\nA changed line. [5]\n")
	follow(t, []step{
		{with("1", spoken(t, 700)), 0, "", ""},
		{[]string{"record", changed, "--data", data}, 0, "    1  A changed line.\n", ""},
	})
	for _, folder := range []string{data, filepath.Join(data, "recordings")} {
		entries, err := os.ReadDir(folder)
		if err != nil || len(entries) != 1 {
			t.Errorf("%s: %v %v", folder, entries, err)
		}
	}
}

// TestWhoSpeaks: by name, nobody, or whoever can.
func TestWhoSpeaks(t *testing.T) {
	data := t.TempDir()
	page := file(t, "page.txt", "title: Page\n\n# One\nA first line with quite a few words in it. [5]\n")
	silent := filepath.Join(data, "none.wav")
	heard := filepath.Join(data, "own.wav")
	follow(t, []step{
		{[]string{"record", page, "1", spoken(t, 1100), "--data", data}, 0, "", ""},
		{[]string{"print", page, "--data", data}, 0, "0:00.0  0:01.1  say", ""},
		{[]string{"print", page, "--who", "own", "--data", data}, 0, "0:00.0  0:01.1  say", ""},
		{[]string{"print", page, "--who", "none", "--data", data}, 0, "0:00.0  0:05.4  say", ""}, // 10 words at 110 a minute
		{[]string{"print", page, "--who", "zoe", "--data", data}, 2, "", "no voice called “zoe” can say this script"},
		{[]string{"print", page, "--who", "browser", "--data", data}, 2, "", "no voice called “browser”"},
		{[]string{"render", page, "-o", silent, "--who", "zoe", "--data", data}, 2, "", "no voice called “zoe”"},
		{[]string{"render", page, "-o", silent, "--who", "none", "--data", data}, 0, "“Page”", ""},
		{[]string{"render", page, "-o", heard, "--who", "own", "--data", data}, 0, "“Page”", ""},
	})
	for name, want := range map[string]bool{silent: false, heard: true} {
		sound, err := os.ReadFile(name)
		if err != nil || len(sound) < 48000 {
			t.Fatal(len(sound), err)
		}
		if got := bytes.ContainsFunc(sound[44:44+48000*4], func(r rune) bool { return r != 0 }); got != want {
			t.Errorf("%s sounds: %v", filepath.Base(name), got)
		}
	}
}
