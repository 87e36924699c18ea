package timeline

import (
	"fmt"
	"time"

	"stillpoint/internal/script"
)

// A silence shrinks to a second at the least, so that two sentences never run
// into each other, and grows to four times what its author wrote, beyond which
// it would be another script.
const (
	leastSilence = time.Second
	mostStretch  = 4
)

// CannotFit says why a script cannot take the length asked for.
type CannotFit struct {
	Title             string
	Asked             time.Duration
	Shortest, Longest time.Duration // what it can take with these settings
}

func (e *CannotFit) Error() string {
	switch {
	case e.Shortest == e.Longest:
		return fmt.Sprintf("“%s” takes %s; it cannot take %s", e.Title, say(e.Longest), say(e.Asked))
	case e.Asked < e.Shortest:
		return fmt.Sprintf("“%s” cannot be as short as %s: with these choices it takes at least %s", e.Title, say(e.Asked), say(e.Shortest))
	}
	return fmt.Sprintf("“%s” cannot be as long as %s: with these choices it takes at most %s", e.Title, say(e.Asked), say(e.Longest))
}

// fitWhole fits all steps to the length asked for, within the header's bounds.
// A length nobody asked for is only a wish: with much left out, the session is
// simply shorter.
func (l *layout) fitWhole() error {
	bounds, asked := l.script.Length, l.set.Length
	if asked == 0 {
		if bounds.Want > 0 {
			l.fit(0, bounds.Want)
		}
		return nil
	}
	shortest, longest := l.reach(0)
	if bounds.Want > 0 {
		shortest, longest = max(shortest, bounds.Min), min(longest, bounds.Max)
		longest = max(longest, shortest)
	}
	if asked <= shortest-time.Second || asked >= longest+time.Second {
		return &CannotFit{l.script.Title, asked, shortest, longest}
	}
	l.fit(0, min(max(whole(asked), shortest), longest)) // people count in seconds
	return nil
}

// reach is the shortest and the longest that the steps from i on can take.
func (l *layout) reach(i int) (shortest, longest time.Duration) {
	for ; i < len(l.steps); i++ {
		s := &l.steps[i]
		if s.dropped {
			continue
		}
		shortest += s.fixed() + s.stretched(0)
		longest += s.fixed() + s.stretched(mostStretch)
	}
	return shortest, longest
}

// fit stretches the silences of the steps from i on by one common factor until
// they take length in all, or as near to it as they can. To the millisecond:
// what rounding leaves over goes to the first silences that have room.
func (l *layout) fit(i int, length time.Duration) {
	var elastic []*step
	for ; i < len(l.steps); i++ {
		s := &l.steps[i]
		if s.soft == 0 || s.dropped || s.ended >= 0 {
			length -= s.length()
			continue
		}
		length -= s.fixed()
		elastic = append(elastic, s)
	}
	low, high := 0.0, float64(mostStretch)
	for range 60 { // halving [0, 4] sixty times reaches the last bit of a float
		if middle := (low + high) / 2; stretch(elastic, middle) > length {
			high = middle
		} else {
			low = middle
		}
	}
	left := length - stretch(elastic, low)
	for _, s := range elastic {
		if left >= time.Millisecond && s.stretch < s.stretched(mostStretch) {
			s.stretch += time.Millisecond
			left -= time.Millisecond
		}
	}
}

// stretch applies one factor to silences and says how long they are then.
func stretch(steps []*step, factor float64) (total time.Duration) {
	for _, s := range steps {
		s.stretch = s.stretched(factor)
		total += s.stretch
	}
	return total
}

// stretched is a step's silence under a factor, down to whole milliseconds.
func (s *step) stretched(factor float64) time.Duration {
	d := time.Duration(float64(s.soft) * factor).Truncate(time.Millisecond)
	if s.least > 0 {
		return max(d, s.least)
	}
	return max(d, min(s.soft, leastSilence))
}

// say writes a length for people: "10 minutes", "4:12", "1 hour".
func say(d time.Duration) string {
	switch d = d.Truncate(time.Second); {
	case d != 0 && d%time.Hour == 0:
		return plural(int(d/time.Hour), "hour")
	case d != 0 && d%time.Minute == 0:
		return plural(int(d/time.Minute), "minute")
	case d < time.Minute:
		return plural(int(d/time.Second), "second")
	}
	return fmt.Sprintf("%d:%02d", int(d.Minutes()), int(d.Seconds())%60)
}

func plural(n int, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}

// Bounds is the shortest and the longest a script can be with these settings,
// whatever length they ask for.
func Bounds(s *script.Script, set Settings, speech Speech) (shortest, longest time.Duration, err error) {
	set.Length, set.Edits = 0, nil
	if err := set.check(); err != nil {
		return 0, 0, err
	}
	l := layout{script: s, set: set, speech: speech, pace: newPacer(set)}
	l.expand()
	l.breathe(0)
	shortest, longest = l.reach(0)
	if b := s.Length; b.Want > 0 {
		shortest, longest = max(shortest, b.Min), min(longest, b.Max)
	}
	return shortest, max(shortest, longest), nil
}
