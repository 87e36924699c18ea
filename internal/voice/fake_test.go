package voice

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The engines of these tests are this test program, which speaks instead of
// testing where fakeIs says how.
const (
	fakeIs   = "STILLPOINT_TEST_ENGINE"
	fakeLog  = "STILLPOINT_TEST_LOG"  // a file: what it was given, a line of JSON each time
	fakeCall = "STILLPOINT_TEST_CALL" // an address: it calls there and holds the line for as long as it lives
)

func TestMain(m *testing.M) {
	if how := os.Getenv(fakeIs); how != "" {
		os.Exit(fake(how))
	}
	os.Exit(m.Run())
}

// given is what an engine was given.
type given struct {
	Args  []string
	Stdin string
	Env   map[string]string
}

func fake(how string) (code int) {
	if how == "hang" {
		return hang()
	}
	stdin, _ := io.ReadAll(os.Stdin)
	g := given{os.Args[1:], string(stdin), map[string]string{}}
	for _, name := range []string{"STILLPOINT_OUT", "STILLPOINT_LANGUAGE", "PYTHONUTF8"} {
		g.Env[name] = os.Getenv(name)
	}
	if name := os.Getenv(fakeLog); name != "" {
		line, _ := json.Marshal(g)
		f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			return 9
		}
		fmt.Fprintf(f, "%s\n", line)
		f.Close()
	}
	return speakFake(how, g)
}

func speakFake(how string, g given) (code int) {
	out := g.Env["STILLPOINT_OUT"]
	for i, a := range g.Args {
		if slices.Contains([]string{"--output_file", "-w", "-o"}, a) {
			out = g.Args[i+1]
		}
	}
	spoken := wav(hum(22050, 200+min(10*len(g.Stdin), 300)))
	switch how {
	case "nothing":
		return 0
	case "coughs":
		fmt.Fprintln(os.Stderr, "no such voice")
		return 3
	case "chatters":
		fmt.Print(strings.Repeat("la ", 3<<20))
	case "chatters and coughs":
		fmt.Print(strings.Repeat("la ", 3<<20))
		return 4
	case "empty":
		spoken = nil
	case "silent":
		spoken = wav(hush(22050, 500))
	case "nonsense":
		spoken = []byte("this is no sound at all, it is words")
	case "folder":
		os.Mkdir(out, 0o700)
		return 0
	case "link":
		os.WriteFile(out+".else", spoken, 0o600)
		os.Symlink(out+".else", out)
		return 0
	case "floods", "floods and stays":
		os.WriteFile(out, spoken, 0o600)
		os.Truncate(out, 1<<30)
		if how == "floods and stays" {
			return hang()
		}
		return 0
	case "has a child":
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), fakeIs+"=hang")
		child.Stdout, child.Stderr = os.Stdout, os.Stderr
		child.Run()
		return 0
	case "says":
		if slices.Equal(g.Args, []string{"-v", "?"}) {
			fmt.Print("Anna                de_DE    # Hallo\nAlex                en_US    # Hi\n")
			return 0
		}
	case "only plain words":
		if strings.Contains(g.Stdin, "odd") {
			return 5
		}
	}
	if os.WriteFile(out, spoken, 0o600) != nil {
		return 8
	}
	return 0
}

// hang calls, and holds the line.
func hang() int {
	c, err := net.Dial("tcp", os.Getenv(fakeCall))
	if err != nil {
		return 7
	}
	fmt.Fprintln(c, "here")
	io.Copy(io.Discard, c)
	return 6
}

// called waits for an engine that hangs, and returns what waits for its end.
func called(t *testing.T) (here, gone func()) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	t.Setenv(fakeCall, l.Addr().String())
	var c net.Conn
	here = func() {
		if c, err = l.Accept(); err != nil {
			t.Error(err)
		}
	}
	return here, func() { io.Copy(io.Discard, c) }
}

// behaves makes the fakes of this test behave so, and returns what they were given.
func behaves(t *testing.T, how string) (log func() []given) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "given")
	t.Setenv(fakeIs, how)
	t.Setenv(fakeLog, name)
	t.Setenv("GORACE", "atexit_sleep_ms=0") // or each takes a second to end
	return func() (list []given) {
		file, err := os.ReadFile(name)
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(file)) {
			var g given
			if err := json.Unmarshal([]byte(line), &g); err != nil {
				t.Fatal(err)
			}
			list = append(list, g)
		}
		return list
	}
}

// installed puts fakes of these names on the PATH, and nothing else.
func installed(t *testing.T, names ...string) {
	t.Helper()
	dir := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range names {
		if err := os.Symlink(self, filepath.Join(dir, n)); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir)
}

// faker is an engine that is this program.
func faker(t *testing.T) engine {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return engine{
		Voice:   Voice{ID: "fake", Name: "Fake", Kind: Engine},
		mark:    "fake",
		command: func(_, out string) []string { return []string{self, "-w", out} },
	}
}
