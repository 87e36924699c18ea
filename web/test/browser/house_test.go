package browser

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// house is one real Stillpoint server, a process of its own.
type house struct {
	url, data string
	programs  string   // where it looks for a voice of the computer's
	flags     []string // it is started with, beside the usual ones
	process   *exec.Cmd
	gone      chan struct{} // closed when the process has ended
}

// Scripts that come to the point at once, put into the person's own folder.
var quick = map[string]string{
	"quick-breath": "title: Quick breath\nlanguage: en\nkind: breathing\n\n# Breath\n[bell]\n[breathe starter_3_4, 60 times]\n",
	"quick-body":   "title: Quick body\nlanguage: en\nkind: body scan\n\n# Feet\n[bell]\n[at soles]\nWhen you are ready, attention could drop to the soles of your feet. Warm, cool, nothing much: anything counts. [120 fixed]\n",
	"quick-rain":   "title: Quick rain\nlanguage: en\nkind: grounding\n\n# Here\n[ambience pink]\n" + strings.Repeat("[bell]\n[rest 2 fixed]\n", 160),
	"quick-lines":  "title: Quick lines\nlanguage: en\nkind: grounding\n\n# Here\n[rest 3 fixed]\n" + strings.Repeat("You might look around slowly, and find something green. [2 fixed]\n\n", 6),
	"quick-words":  "title: Quick words\nlanguage: en\nkind: grounding\n\n# Here\n[bell]\nYou might look around slowly: something near, something far, the way out. [120 fixed]\n",
}

// newHouse starts a server with an empty data folder on a free port, on a computer
// that does not speak. It ends with the test.
func newHouse(t testing.TB) *house {
	t.Helper()
	return newHouseWith(t, t.TempDir())
}

// newHouseWith is the same on a computer with the programs of a folder, and no more.
func newHouseWith(t testing.TB, programs string) *house {
	t.Helper()
	needChromium(t)
	return (&house{data: t.TempDir(), programs: programs}).begun(t)
}

// begun puts the quick scripts into its folder and starts it.
func (h *house) begun(t testing.TB) *house {
	t.Helper()
	scripts := filepath.Join(h.data, "scripts")
	if err := os.MkdirAll(scripts, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range quick {
		if err := os.WriteFile(filepath.Join(scripts, name+".txt"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	h.start(t, "127.0.0.1:0")
	t.Cleanup(h.kill)
	return h
}

var address = regexp.MustCompile(`http://(127\.0\.0\.1:\d+)`)

// start runs the server; its first line says where it is.
func (h *house) start(t testing.TB, listen string) {
	t.Helper()
	h.process = exec.Command(stage.binary, append([]string{"serve", "--no-open", "--listen", listen, "--data", h.data, "--speaker", "none"}, h.flags...)...)
	h.process.Env = append(os.Environ(), "PATH="+h.programs)
	var faults bytes.Buffer
	h.process.Stderr = &faults
	out, err := h.process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := h.process.Start(); err != nil {
		t.Fatal(err)
	}
	line, _ := bufio.NewReader(out).ReadString('\n')
	h.gone = make(chan struct{})
	go func() {
		h.process.Wait()
		close(h.gone)
	}()
	found := address.FindStringSubmatch(line)
	if found == nil {
		h.kill()
		t.Fatalf("the server said %q and then: %s", line, &faults)
	}
	h.url = "http://" + found[1]
}

// kill ends the server without a word, as a power cut would.
func (h *house) kill() {
	h.process.Process.Kill()
	<-h.gone
}

// again starts the server anew where it was.
func (h *house) again(t testing.TB) {
	t.Helper()
	h.start(t, h.url[len("http://"):])
}

// keeps puts a page into the person's folder.
func (h *house) keeps(t testing.TB, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(h.data, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// load makes a session of a script in the home room and returns its id.
func (h *house) load(t testing.TB, script string) string {
	t.Helper()
	return h.posts(t, "/api/sessions", map[string]string{"script": script})
}

// makes makes treatment rooms; each has its name for an id.
func (h *house) makes(t testing.TB, rooms ...string) {
	t.Helper()
	for _, name := range rooms {
		if id := h.posts(t, "/api/rooms", map[string]string{"name": name}); id != name {
			t.Fatalf("the room %q has the id %q", name, id)
		}
	}
}

// posts asks for something to be made, and returns its id.
func (h *house) posts(t testing.TB, path string, what map[string]string) string {
	t.Helper()
	body, _ := json.Marshal(what)
	ask, err := http.NewRequestWithContext(t.Context(), http.MethodPost, h.url+path, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	ask.Header.Set("Origin", h.url)
	ask.Header.Set("Content-Type", "application/json")
	answer, err := (&http.Client{Timeout: 5 * time.Second}).Do(ask)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var made struct{ ID, Text string }
	if err := json.NewDecoder(answer.Body).Decode(&made); err != nil || made.ID == "" {
		t.Fatalf("POST %s %s: %s %s %v", path, body, answer.Status, made.Text, err)
	}
	return made.ID
}

// buildStillpoint builds the program as a person would get it.
func buildStillpoint(folder string) (string, error) {
	binary := filepath.Join(folder, "stillpoint")
	build := exec.Command("go", "build", "-o", binary, "./cmd/stillpoint")
	build.Dir = filepath.Join("..", "..", "..")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build stillpoint: %w\n%s", err, out)
	}
	return binary, nil
}
