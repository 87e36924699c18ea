package script

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// bounds is testdata/breaths.json: what a breath of one's own may be. The page on
// which people make one reads the same file in its tests.
type bounds struct {
	Phase, Breath [2]int64 // ms
	Hold          int64
	Rate          [2]float64
	Usual         float64
	Breaths       []struct {
		Phases [4]int64
		Why    string
		Level  int
	}
	Ramps []struct {
		From, To float64
		Shortest int64
	}
}

func readBounds(t *testing.T) (b bounds) {
	t.Helper()
	text, err := os.ReadFile("testdata/breaths.json")
	if err == nil {
		err = json.Unmarshal(text, &b)
	}
	if err != nil || len(b.Breaths) == 0 || len(b.Ramps) == 0 {
		t.Fatal(len(b.Breaths), len(b.Ramps), err)
	}
	return b
}

func TestBoundsAreThoseOfTheFixture(t *testing.T) {
	b := readBounds(t)
	ms := func(d time.Duration) int64 { return d.Milliseconds() }
	if b.Phase != [2]int64{ms(minPhase), ms(maxPhase)} || b.Hold != ms(maxHold) || b.Breath != [2]int64{ms(minBreath), ms(maxBreath)} {
		t.Error(b.Phase, b.Hold, b.Breath)
	}
	if b.Rate != [2]float64{minRate, maxRate} || b.Usual != usualRate {
		t.Error(b.Rate, b.Usual)
	}
}

// said is what a refusal says for each reason of the fixture.
var said = map[string]string{
	"in": "an inhale of", "out": "an exhale of", "hold": "a hold of", "rest": "a rest of",
	"fast": "is faster than 20 a minute", "slow": "is slower than 3 a minute", "held": "is held for longer than it moves",
}

func TestBreathsOfTheFixture(t *testing.T) {
	for _, b := range readBounds(t).Breaths {
		var seconds []string
		for _, ms := range b.Phases {
			seconds = append(seconds, places(ms))
		}
		p, trouble := secondsPattern(strings.Join(seconds, "-"))
		switch {
		case b.Why == "" && (trouble != nil || p.Level != b.Level):
			t.Errorf("%v: %v, level %d, want %d", seconds, trouble, p.Level, b.Level)
		case b.Why != "" && (trouble == nil || !strings.Contains(trouble.what, said[b.Why])):
			t.Errorf("%v: %v, want %q", seconds, trouble, said[b.Why])
		}
	}
}

func TestRampsOfTheFixture(t *testing.T) {
	b := readBounds(t)
	for _, r := range b.Ramps {
		if got := (Ramp{From: r.From, To: r.To}).Shortest().Milliseconds(); got != r.Shortest {
			t.Errorf("%v to %v takes %d ms at least, the fixture says %d", r.From, r.To, got, r.Shortest)
		}
	}
}

// Every way out that a refused breath names is itself a breath.
func TestRefusedBreathsNameAWayOut(t *testing.T) {
	for _, text := range []string{"1-1", "12-12", "2-8-2-0"} {
		_, trouble := secondsPattern(text)
		if trouble == nil {
			t.Fatalf("%s: want a fault", text)
		}
		way, _, _ := strings.Cut(trouble.try, ",")
		if _, again := secondsPattern(way); again != nil {
			t.Errorf("%s: try %s: %s", text, way, again.what)
		}
	}
}

// ParseBreathe and a script's direction are one reader.
func TestParseBreatheIsTheDirection(t *testing.T) {
	for _, text := range []string{"extend_4_6 for 5 min", "Extend 4 6  for 5 min", "4-0-6-0, 6 times", "from own to 6 a minute over 4 min, out longer", "box_4, 3 times", "natural for 45 s"} {
		b, err := ParseBreathe("breathe:"+text, text)
		if err != nil {
			t.Fatal(err)
		}
		s, err := Parse("x.txt", "title: x\n\n[breathe "+text+"]\n")
		if err != nil {
			t.Fatal(err)
		}
		of := slices.Collect(s.breaths())[0]
		of.At = 0
		if fmt.Sprint(b, b.Ramp) != fmt.Sprint(of, of.Ramp) {
			t.Errorf("%s: %v, a script has %v", text, b, of)
		}
	}
	for _, text := range []string{"", "kapalabhati for 3 min", "extend_4_6", "1-1 for 5 min", "4_7_8, 5 times", "\x00", "\xff", "4-6,\u0007 6 times"} {
		if _, err := ParseBreathe("breathe:"+text, text); err == nil {
			t.Errorf("%q: want a fault", text)
		}
	}
}

// TestPatternsOfTheFixture: the page on which people choose a breath offers these
// patterns, in this order, at these levels.
func TestPatternsOfTheFixture(t *testing.T) {
	var rows []struct {
		ID          string
		Phases      [][2]any
		Level, Most int
	}
	text, err := os.ReadFile("testdata/patterns.json")
	if err == nil {
		err = json.Unmarshal(text, &rows)
	}
	if err != nil || len(rows) != len(Patterns()) {
		t.Fatal(len(rows), err)
	}
	for i, p := range Patterns() {
		var phases [][2]any
		for _, ph := range p.Phases {
			phases = append(phases, [2]any{string(ph.Kind), float64(ph.Length.Milliseconds())})
		}
		if r := rows[i]; r.ID != p.ID || !slices.Equal(r.Phases, phases) || r.Level != p.Level || r.Most != p.Most {
			t.Errorf("%v, the fixture has %v", p, r)
		}
	}
}
