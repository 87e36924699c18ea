package script

import (
	"math"
	"strings"
	"testing"
	"time"
)

func TestPatternsAreWithinTheirBounds(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range Patterns() {
		if seen[p.ID] || p.Name == "" {
			t.Errorf("%s: twice, or without a name", p.ID)
		}
		seen[p.ID] = true
		if got, ok := PatternByID(p.ID); !ok || got.ID != p.ID {
			t.Errorf("%s is not found by its id", p.ID)
		}
		if p.ID == "natural" {
			continue
		}
		if p.Length() < minBreath || p.Length() > time.Minute/3 {
			t.Errorf("%s lasts %v", p.ID, p.Length())
		}
		if p.Holds() != (p.Level == 2) {
			t.Errorf("%s: level %d, holds %v", p.ID, p.Level, p.Holds())
		}
		for _, ph := range p.Phases {
			if trouble := phaseWithin(ph.Kind, ph.Length); trouble != nil {
				t.Errorf("%s: %s", p.ID, trouble.what)
			}
		}
	}
}

// The rates of the reference table, in breaths a minute.
func TestPatternRates(t *testing.T) {
	rates := map[string]float64{
		"starter_3_4": 8.6, "equal_4": 7.5, "coherent_6": 6, "coherent_5.5": 5.5, "extend_4_6": 6, "extend_4_8": 5,
		"extend_5.5_40:60": 5.5, "cyclic_sigh": 5, "pursed_2_4": 10, "diaphragm": 6.7, "straw": 6.7, "bee": 5,
		"resonance_6.5": 6.5, "resonance_6": 6, "resonance_5.5": 5.5, "resonance_5": 5, "resonance_4.5": 4.5,
		"triangle_4": 5, "box_3": 5, "box_4": 3.75, "4_7_8": 3.2, "4_7_8_half": 6.3, "tactical": 3.75, "sama_vritti": 7.5,
	}
	for id, want := range rates {
		p, ok := PatternByID(id)
		if got := 60 / p.Length().Seconds(); !ok || math.Abs(got-want) > 0.06 {
			t.Errorf("%s: %v breaths a minute, want %v", id, got, want)
		}
	}
	if len(rates) != len(Patterns())-1+2 { // natural has no rate; two are other names
		t.Errorf("%d rates for %d patterns", len(rates), len(Patterns()))
	}
}

func TestSecondsPattern(t *testing.T) {
	tests := []struct {
		text, id    string
		level, most int
	}{
		{"4-6", "4-0-6-0", 0, 0},
		{"4-0-6-0", "4-0-6-0", 0, 0},
		{"5.5-5.5", "5.5-0-5.5-0", 1, 0},
		{"5-5.9", "5-0-5.9-0", 0, 0},
		{"5.45-5.45", "5.45-0-5.45-0", 1, 0}, // as coherent_5.5
		{"4-0-6-1", "4-0-6-1", 2, 0},
		{"4-7-8", "4-7-8-0", 2, 4}, // as 4_7_8
		{"2-3.5-4", "2-3.5-4-0", 2, 4},
		{"1-2", "1-0-2-0", 0, 0},
		{"10-0-10-0", "10-0-10-0", 1, 0},
	}
	for _, tt := range tests {
		p, trouble := secondsPattern(tt.text)
		if trouble != nil {
			t.Errorf("%s: %s", tt.text, trouble.what)
		} else if p.ID != tt.id || p.Level != tt.level || p.Most != tt.most {
			t.Errorf("%s: got %s, level %d, most %d; want %s, %d, %d", tt.text, p.ID, p.Level, p.Most, tt.id, tt.level, tt.most)
		}
	}
	for _, text := range []string{"4", "4-", "-4-6", "0.9-6", "4-20.001", "4-8.1-6", "4-0-6-8.5", "1-1.9", "4-0-6-0-1", "1e1-4", "4-∞", "4.-6"} {
		if p, trouble := secondsPattern(text); trouble == nil {
			t.Errorf("%s: got %s, want a fault", text, p.ID)
		}
	}
}

// Walking a ramp at RampStep takes about as long as Shortest says, and never
// longer: the promise and its arithmetic agree.
func TestShortestRamp(t *testing.T) {
	for _, r := range []Ramp{{From: 10, To: 6}, {From: 6, To: 10}, {From: 20, To: 4.5}, {From: 0, To: 6}, {From: 6, To: 6}, {From: 12, To: 11.9}} {
		from := r.From
		if from == 0 {
			from = 12
		}
		breath, last := 60/from, 60/r.To
		walked := breath
		for math.Abs(breath-last) > 1e-9 {
			if breath < last {
				breath = min(breath*(1+RampStep), last)
			} else {
				breath = max(breath/(1+RampStep), last)
			}
			walked += breath
		}
		// Equal steps are a little smaller than the greatest, in as many breaths:
		// the two differ by less than one step of every breath.
		got := r.Shortest().Seconds()
		if math.Abs(got-walked) > walked*RampStep {
			t.Errorf("%v: %v s, walked %v s", r, got, walked)
		}
	}
}

// Whatever a fault about a ramp proposes must itself be accepted.
func TestRampFaultsNameATimeThatWorks(t *testing.T) {
	for _, rates := range []string{"20 to 4.5", "10 to 6", "own to 4.5", "4.5 to 20", "12 to 11.9"} {
		_, trouble := breathe("from " + rates + " a minute over 1 s")
		if trouble == nil {
			t.Errorf("%s in a second: want a fault", rates)
			continue
		}
		if _, again := breathe("from " + rates + " a minute " + trouble.try); again != nil {
			t.Errorf("%s %s: %s", rates, trouble.try, again.what)
		}
	}
}

func TestBreatheLevels(t *testing.T) {
	tests := []struct {
		text  string
		level int
		paced bool
	}{
		{"natural for 3 min", 0, false},
		{"extend_4_6 for 2 min", 0, true},
		{"from 10 to 6 a minute over 3 min", 0, true},
		{"from 10 to 5 a minute over 5 min", 1, true},
		{"from own to 5.5 a minute over 5 min", 0, true},
		{"from 5 to 6 a minute over 3 min", 1, true},
		{"box_4, 3 times", 2, true},
	}
	for _, tt := range tests {
		b, trouble := breathe(tt.text)
		if trouble != nil {
			t.Errorf("%s: %s", tt.text, trouble.what)
		} else if b.Level() != tt.level || b.Paced() != tt.paced {
			t.Errorf("%s: level %d, paced %v", tt.text, b.Level(), b.Paced())
		}
	}
}

func TestBreatheBounds(t *testing.T) {
	for _, text := range []string{"4_7_8, 4 times", "4_7_8 for 80 s", "extend_4_6 for 10 s", "1-2, 2000 times", "natural for 4 h", "from 5 to 5 a minute over 12 s"} {
		if _, trouble := breathe(text); trouble != nil {
			t.Errorf("%s: %s", text, trouble.what)
		}
	}
	for _, text := range []string{"4_7_8, 5 times", "4_7_8 for 86 s", "1-2, 2001 times", "1-2 for 2 h", "10-10, 1000 times", "from 20 to 10 a minute over 3 h", "extend_4_6, -1 times", "extend_4_6, 99999999999999999999 times"} {
		if _, trouble := breathe(text); trouble == nil {
			t.Errorf("%s: want a fault", text)
		} else if strings.Contains(trouble.what, "%!") {
			t.Error(trouble.what)
		}
	}
}
