package timeline

import (
	"time"

	"stillpoint/internal/script"
)

// Bounds of the breath. A cycle lengthens by at most 3 % a breath, so that
// nobody is led faster than they can follow; Easier is a tenth, at once; slower
// than 5 a minute only where the pattern itself is; never faster than 20
// (domain reference section 3, pace ramp and over-breathing).
const (
	growth       = 1.03
	nudge        = 1.1
	slowestCycle = 12 * time.Second
	fastestCycle = 3 * time.Second

	minOwn, maxOwn, usualOwn = 8, 20, 12 // breaths a minute
)

// breath is one breath laid out, and the pace it was laid out at.
type breath struct {
	phases []script.Phase
	pace   pacer
}

func (b breath) length() (d time.Duration) {
	for _, p := range b.phases {
		d += p.Length
	}
	return d
}

// pacer is the pace of breathing as it changes from breath to breath.
type pacer struct {
	factor, target float64       // breath lengths are multiplied by factor, which moves towards target
	held           bool          // a ramp stays where it is
	cycle          time.Duration // how long the breaths of a ramp are that was held; those after it stay there too
	own            float64       // the person's own breaths a minute
}

func newPacer(set Settings) pacer {
	p := pacer{factor: 1, target: 1, own: usualOwn}
	if set.Pace != 0 {
		p.factor, p.target = set.Pace, set.Pace
	}
	if set.OwnPace != 0 {
		p.own = set.OwnPace
	}
	return p
}

// change is the pace after someone asked for another.
func (p pacer) change(c Change) pacer {
	switch c {
	case Slower:
		p.target = min(p.factor*nudge, MaxPace)
	case Easier:
		p.factor = max(p.factor/nudge, MinPace)
		p.target = p.factor
	case HoldPace:
		p.target, p.held = p.factor, true
	}
	return p
}

// next is the pace of the following breath.
func (p pacer) next() pacer {
	if p.target > p.factor {
		p.factor = min(p.target, p.factor*growth)
	}
	return p
}

// breathe lays out the breath blocks from step i on, each beginning at the pace
// the one before ended with.
func (l *layout) breathe(i int) {
	for ; i < len(l.steps); i++ {
		s := &l.steps[i]
		b, ok := s.item.(script.Breathe)
		if !ok || natural(b) {
			continue
		}
		l.pace.held = b.Ramp != nil && l.pace.cycle > 0
		s.breaths = nil
		l.pace = s.lead(b, l.pace)
	}
}

// natural breathing is only noticed, never led.
func natural(b script.Breathe) bool { return len(b.Pattern.Phases) == 0 && b.Ramp == nil }

// lead adds breaths to a step until its block is whole, beginning at pace, and
// returns the pace it ends with. A block ends at a breath's end: the number of
// breaths is the one nearest to the time asked for, at least one.
func (s *step) lead(b script.Breathe, pace pacer) pacer {
	var spent time.Duration
	for _, done := range s.breaths {
		spent += done.length()
	}
	times, asked := s.block(b)
	for len(s.breaths) < script.MaxBreaths {
		next := breath{phases: s.shape(b, pace, spent), pace: pace}
		n, d := len(s.breaths), next.length()
		if times > 0 && n >= times || times == 0 && n > 0 && asked-spent < d/2 {
			break
		}
		if b.Pattern.Most > 0 && n >= b.Pattern.Most {
			break // never more of these than is safe, however short they have become
		}
		s.breaths = append(s.breaths, next)
		spent += d
		pace = pace.next()
	}
	if n := len(s.breaths); b.Ramp != nil && pace.held && n > 0 {
		last := s.breaths[n-1]
		pace.cycle = scaled(last.length(), 1/last.pace.factor)
	}
	return pace
}

// block is how many breaths, or how long, a block is to be: as written, or as
// someone has made it since.
func (s *step) block(b script.Breathe) (times int, asked time.Duration) {
	switch {
	case s.times > 0 || s.asked > 0:
		return s.times, s.asked
	case b.Ramp != nil:
		return 0, b.Ramp.Over
	}
	return b.Times, b.For
}

// shape is the next breath of a block at a pace, spent into the block.
func (s *step) shape(b script.Breathe, pace pacer, spent time.Duration) []script.Phase {
	if b.Ramp != nil {
		return split(s.rampCycle(b.Ramp, pace, spent), b.Ramp.OutLonger)
	}
	cycle := b.Pattern.Length()
	scale := float64(bound(scaled(cycle, pace.factor), cycle)) / float64(cycle)
	phases := make([]script.Phase, 0, len(b.Pattern.Phases))
	for _, p := range b.Pattern.Phases {
		if p.Length > 0 {
			phases = append(phases, script.Phase{Kind: p.Kind, Length: scaled(p.Length, scale)})
		}
	}
	return phases
}

// rampCycle is the length of a ramp's next breath. The cycle grows evenly with
// time, which makes each breath longer than the last by the same part, and never
// by more than it may. One's own pace is never sped up.
func (s *step) rampCycle(r *script.Ramp, pace pacer, spent time.Duration) time.Duration {
	from, to := r.From, r.To
	if from == 0 {
		from = pace.own
		to = min(to, from)
	}
	done := min(1, float64(spent)/float64(r.Over))
	begin, end := perMinute(from), perMinute(to)
	cycle := scaled(begin+time.Duration(done*float64(end-begin)), pace.factor)
	n := len(s.breaths)
	if n == 0 && pace.held {
		cycle = scaled(pace.cycle, pace.factor)
	}
	if n > 0 {
		last := s.breaths[n-1]
		if pace.held {
			cycle = scaled(last.length(), pace.factor/last.pace.factor)
		}
		cycle = min(cycle, scaled(last.length(), growth))
	}
	return bound(cycle, end)
}

// split shares a cycle between in and out: 40 to 60, or evenly.
func split(cycle time.Duration, outLonger bool) []script.Phase {
	in := cycle / 2
	if outLonger {
		in = cycle * 2 / 5
	}
	in = whole(in)
	return []script.Phase{{Kind: script.Inhale, Length: in}, {Kind: script.Exhale, Length: cycle - in}}
}

// bound keeps a cycle within what is safe: as slow as written is always allowed.
func bound(cycle, written time.Duration) time.Duration {
	return min(max(cycle, fastestCycle), max(slowestCycle, written))
}

func perMinute(rate float64) time.Duration {
	return whole(time.Duration(float64(time.Minute) / rate))
}

func scaled(d time.Duration, by float64) time.Duration {
	return whole(time.Duration(float64(d) * by))
}
