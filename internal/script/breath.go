package script

import (
	"math"
	"slices"
	"strings"
	"time"
)

// Bounds of a breath given in seconds, and of a ramp.
const (
	// Longer than 20 s in or out, or 8 s held, is strain, not settling; timed
	// maximal holds are never offered.
	minPhase = time.Second
	maxPhase = 20 * time.Second
	maxHold  = 8 * time.Second

	// Never faster than 20 a minute: fast breathing can bring on faintness,
	// panic and, in epilepsy, seizures.
	minBreath = 3 * time.Second

	// Never slower than 3 a minute, a little below the slowest pattern of the
	// reference table (4_7_8, 3.2): beyond it a breath is a feat, and most people
	// breathe too much to reach it.
	maxBreath = 20 * time.Second

	// 4.5 a minute is the slowest step of resonance breathing; a resting breath
	// is at most about 20.
	minRate = 4.5
	maxRate = 20

	// At and above this many a minute a breath without holds needs no note.
	openRate = 5.5

	// usualRate stands for the person's own pace until it is known.
	usualRate = 12
)

// RampStep is the most a breath may be longer (or shorter) than the one before
// it on the way along a ramp, so that the change is hardly felt.
const RampStep = 0.03

// secondsPattern reads `4-6` (in, out), `4-7-8` (in, hold, out) or `4-0-6-0`.
func secondsPattern(text string) (Pattern, *problem) {
	lengths, p := phaseLengths(text)
	if p != nil {
		return Pattern{}, p
	}
	pattern := Pattern{}
	var names []string
	for i, kind := range []PhaseKind{Inhale, Hold, Exhale, Rest} {
		names = append(names, inSeconds(lengths[i]))
		if p := phaseWithin(kind, lengths[i]); p != nil {
			return Pattern{}, p
		}
		if lengths[i] > 0 {
			pattern.Phases = append(pattern.Phases, Phase{kind, lengths[i]})
		}
	}
	pattern.ID = strings.Join(names, "-")
	if p := breathWithin(text, pattern); p != nil {
		return Pattern{}, p
	}
	return withCare(pattern), nil
}

// breathWithin says whether a whole breath is neither fast nor a feat. Held it is
// for no longer than it moves: box breathing, held for half of it, is the most that
// the reference table has, and it warns of timed maximal holds.
func breathWithin(text string, b Pattern) *problem {
	held := time.Duration(0)
	for _, ph := range b.Phases {
		if ph.Kind == Hold || ph.Kind == Rest {
			held += ph.Length
		}
	}
	switch {
	case b.Length() < minBreath:
		return troubled("4-6", "the breath %s is faster than %d a minute, and fast breathing is never offered", quoted(text), maxRate)
	case b.Length() > maxBreath:
		return troubled("4-6", "the breath %s is slower than %d a minute", quoted(text), time.Minute/maxBreath)
	case held > b.Length()/2:
		return troubled("4-4-4-4, or shorter holds", "the breath %s is held for longer than it moves", quoted(text))
	}
	return nil
}

// phaseLengths are the four lengths of a breath written in seconds.
func phaseLengths(text string) (all [4]time.Duration, p *problem) {
	fields := strings.Split(text, "-")
	at, ok := map[int][]int{2: {0, 2}, 3: {0, 1, 2}, 4: {0, 1, 2, 3}}[len(fields)]
	if !ok {
		return all, notABreath(text)
	}
	for i, f := range fields {
		n, ok := decimal(strings.TrimSpace(f))
		if !ok {
			return all, notABreath(text)
		}
		all[at[i]] = time.Duration(n) * time.Millisecond
	}
	return all, nil
}

func notABreath(text string) *problem {
	return troubled("4-6 (in and out) or 4-0-6-0 (in, hold, out, rest), in seconds", "%s is not a breath in seconds", quoted(text))
}

func phaseWithin(kind PhaseKind, d time.Duration) *problem {
	if kind == Inhale || kind == Exhale {
		if d < minPhase || d > maxPhase {
			return troubled("a number from 1 to 20", "an %s of %s s is not within 1 and 20 seconds", kind, inSeconds(d))
		}
	} else if d > maxHold {
		return troubled("at most 8, or 0 for none", "a %s of %s s is longer than 8 seconds", kind, inSeconds(d))
	}
	return nil
}

// withCare gives a breath its level. One that has the very phases of a pattern
// with a name is held to that pattern's bounds, however it is written.
func withCare(p Pattern) Pattern {
	p.Level = levelOf(p.Holds(), float64(time.Minute)/float64(p.Length()))
	if i := slices.IndexFunc(patterns, func(o Pattern) bool { return slices.Equal(o.Phases, p.Phases) }); i >= 0 {
		p.Level, p.Most = max(p.Level, patterns[i].Level), patterns[i].Most
	}
	return p
}

func levelOf(holds bool, rate float64) int {
	switch {
	case holds:
		return 2
	case rate < openRate:
		return 1
	}
	return 0
}

// Shortest is the least time the ramp can take when every breath differs from
// the one before by RampStep at most. The person's own pace counts as 12 a
// minute here; someone faster comes as far as the time allows.
func (r Ramp) Shortest() time.Duration {
	from := r.From
	if from == 0 {
		from = usualRate
	}
	first, last := 60/from, 60/r.To
	steps := math.Ceil(math.Abs(math.Log(last/first)) / math.Log1p(RampStep))
	seconds := last
	for k := range int(steps) {
		seconds += first * math.Pow(last/first, float64(k)/steps)
	}
	return time.Duration(math.Ceil(seconds*1000)) * time.Millisecond
}

// Level is 0 open, 1 a short note, 2 opt-in: that of the pattern, or of the
// slowest breath of the ramp.
func (b Breathe) Level() int {
	if b.Ramp == nil {
		return b.Pattern.Level
	}
	slowest := b.Ramp.To
	if b.Ramp.From > 0 {
		slowest = min(slowest, b.Ramp.From)
	}
	return levelOf(false, slowest)
}

// Paced says whether the direction sets a pace, rather than asking only to notice.
func (b Breathe) Paced() bool {
	return b.Ramp != nil || len(b.Pattern.Phases) > 0
}

// Length is how long the direction lasts as it is written; whole breaths may
// make it a little shorter or longer.
func (b Breathe) Length() time.Duration {
	if b.Ramp != nil {
		return b.Ramp.Over
	}
	return b.For + time.Duration(b.Times)*b.Pattern.Length()
}
