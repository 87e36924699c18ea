package journal

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"stillpoint/internal/script"
	"stillpoint/internal/session"
)

// opened is a journal in a folder of its own, until the test ends.
func opened(t testing.TB, folder string) *Journal {
	t.Helper()
	j, err := Open(Config{Folder: folder, Troubled: func(err error) { t.Errorf("troubled: %v", err) }})
	t.Cleanup(func() { j.Close() })
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// turnedOn is one that is on.
func turnedOn(t testing.TB, folder string) *Journal {
	t.Helper()
	j := opened(t, folder)
	turn(t, j, true)
	return j
}

func turn(t testing.TB, j *Journal, on bool) {
	t.Helper()
	if _, err := j.Choose(t.Context(), Choice{On: &on}); err != nil {
		t.Fatal(err)
	}
}

// filled has so many entries in it, taken in as a file is.
func filled(t testing.TB, j *Journal, entries []Entry) {
	t.Helper()
	text, err := json.Marshal(map[string]any{"stillpoint": "journal", "version": 1, "entries": entries})
	if err != nil {
		t.Fatal(err)
	}
	done, err := j.Import(t.Context(), strings.NewReader(string(text)), JSON)
	if err != nil || done.Entries != len(entries) {
		t.Fatalf("%+v of %d: %v", done, len(entries), err)
	}
}

// whole is every entry of a journal, as one text that can be compared.
func whole(t testing.TB, j *Journal) string {
	t.Helper()
	var b strings.Builder
	if err := j.Export(t.Context(), &b, Export{Format: JSON, LeftOut: true}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func countOf(t testing.TB, j *Journal) int {
	t.Helper()
	s, err := j.State(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s.Count
}

// traces is the files below a folder that hold a text, byte for byte.
func traces(t testing.TB, folder, text string) (found []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(name)
		if strings.Contains(string(b), text) {
			found = append(found, filepath.Base(name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// dice make entries of every kind, the same for the same seed.
type dice struct{ *rand.Rand }

func newDice(seed uint64) dice { return dice{rand.New(rand.NewPCG(seed, 4))} }

var awkward = []string{"", "calm", "=1+1", "'=x", "''@y", "'tis", "-5", "+49", "@home", "a, b; c: d", "“so”", `say "hi"`, "Übung", "<b>&", "0", " "}

func (d dice) text(most int) string {
	text := awkward[d.IntN(len(awkward))] + awkward[d.IntN(len(awkward))]
	return tidy(string([]rune(text)[:min(most, len([]rune(text)))]))
}

func (d dice) some(list []string, most int) (some []string) {
	for range d.IntN(most + 1) {
		some = append(some, list[d.IntN(len(list))])
	}
	return distinct(some)
}

func (d dice) degree() *int {
	if d.IntN(3) == 0 {
		return nil
	}
	n := d.IntN(11)
	return &n
}

func (d dice) checkIn() *CheckIn {
	if d.IntN(3) == 0 {
		return nil
	}
	c := &CheckIn{Comfort: d.degree(), Tension: d.degree(), Distress: d.degree(), Feelings: d.some(feelings, 3), Note: d.text(MaxNote)}
	for range d.IntN(4) {
		if c.Regions == nil {
			c.Regions = map[string][]string{}
		}
		c.Regions[d.region()] = d.some(sensations, MaxWords)
	}
	return c
}

func (d dice) region() string {
	all := script.Regions()
	r := all[d.IntN(len(all))]
	if r.Paired() {
		r.Side = []script.Side{script.Both, script.Left, script.Right}[d.IntN(3)]
	}
	return r.Key()
}

func (d dice) entry(n int) Entry {
	began := time.Date(2024, 1, 1, 6, 0, 0, 0, time.FixedZone("", []int{0, 3600, -12600, 20700}[d.IntN(4)]))
	return Entry{
		ID: fmt.Sprintf("s-%06d", n), Began: began.Add(time.Duration(n)*47*time.Minute + time.Duration(d.IntN(1000))*time.Millisecond),
		CodeName: d.text(MaxName), Script: "feet-first", Title: d.text(maxTitle), Language: "en",
		Kind: []script.Kind{script.BodyScan, script.Breathing, script.Grounding}[d.IntN(3)], Planned: int64(d.IntN(3_600_000)),
		Practised: int64(d.IntN(3_600_000)), Pauses: d.IntN(4), Ended: []Ended{NotEnded, Finished, ByChoice}[d.IntN(3)],
		Anchor: string(script.Anchors[d.IntN(len(script.Anchors))]), Pattern: []string{"", "extend_4_6", "10 to 6, 4-0-6-0"}[d.IntN(3)],
		Pace: float64(d.IntN(200)) / 10, LeftOut: distinct([]string{d.region(), d.region()}), Before: d.checkIn(), After: d.checkIn(), Note: d.text(MaxNote),
		Account: d.account(),
	}
}

func (d dice) account() (a []Deed) {
	verbs := []session.Verb{session.Start, session.Pause, session.GoOn, session.Restarted}
	for n := range d.IntN(4) {
		a = append(a, Deed{After: int64(n * 1000), Position: int64(d.IntN(5000)), What: verbs[d.IntN(len(verbs))], Name: d.text(MaxName),
			Role: []session.Role{"", session.Guide, session.Guest}[d.IntN(3)], Client: d.IntN(2) == 0, Agreed: d.IntN(2) == 0})
	}
	return a
}

func (d dice) entries(n int) []Entry {
	all := make([]Entry, n)
	for i := range all {
		all[i] = d.entry(i)
	}
	return all
}

func ids(entries []Entry) (list []string) {
	for _, e := range entries {
		list = append(list, e.ID)
	}
	return list
}

func contains(t testing.TB, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(text, p) {
			t.Errorf("%q is not in %.400s", p, text)
		}
	}
}
