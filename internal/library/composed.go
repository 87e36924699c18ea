package library

import (
	"strings"
	"time"

	"stillpoint/internal/script"
)

// A composed script is one that nobody wrote: its id is a breathe direction, like
// `breathe:extend_4_6 for 5 min`, and around that breath stand words which the
// narrators speak. The same id is always the same script. A language other than
// English stands before the colon: `breathe.de:…`.
const composed = "breathe"

// Bounds of a composed script.
const (
	maxComposedID = 120 // bytes

	// Beyond 20 minutes is a deliberate choice (R11), beyond an hour none that is offered.
	maxComposed = time.Hour

	// A round is short enough that attention is outside at least every three minutes
	// (R10), the words around it counted.
	maxRound = 2 * time.Minute

	// Shorter practice is called settling: in 58 trials of breathing, what helped
	// avoided sessions under five minutes (domain reference, section 3).
	settling = 5 * time.Minute
)

// compose is the script that an id is; false when it is no such id.
func compose(id string) (e Entry, ok bool) {
	head, text, found := strings.Cut(id, ":")
	name, language, _ := strings.Cut(head, ".")
	said, known := spoken[language]
	if !found || name != composed || !known || len(id) > maxComposedID {
		return Entry{}, false
	}
	e = Entry{ID: id, File: "a composed script"}
	b, err := script.ParseBreathe("", text)
	if err == nil && b.Length() > maxComposed {
		err = script.Faults{{What: "this is more than an hour of breathing", Try: "60 min or less"}}
	}
	if err != nil {
		e.Faults, _ = err.(script.Faults)
		return e, true
	}
	e.Script = composition{b, rounds(b), said}.script()
	return e, true
}

// rounds parts a breath into blocks, between which is the room. Whole breaths are
// shared out evenly.
func rounds(b script.Breathe) []script.Breathe {
	n := int((b.Length() + maxRound - 1) / maxRound)
	switch {
	case b.Ramp != nil:
		return rampRounds(*b.Ramp, n)
	case !b.Paced() && n > 1:
		return shares(int(b.For/time.Second), n, func(seconds int) script.Breathe {
			return script.Breathe{Pattern: b.Pattern, For: time.Duration(seconds) * time.Second}
		})
	case !b.Paced():
		return []script.Breathe{b}
	}
	breaths := breathsIn(b)
	each := max(1, int(maxRound/b.Pattern.Length()))
	return shares(breaths, (breaths+each-1)/each, func(times int) script.Breathe {
		return script.Breathe{Pattern: b.Pattern, Times: times}
	})
}

// breathsIn is how many breaths a block of a pattern has.
func breathsIn(b script.Breathe) int {
	if b.Times > 0 {
		return b.Times
	}
	return int((b.For + b.Pattern.Length()/2) / b.Pattern.Length())
}

// shares shares a whole among n blocks, the earlier ones never the smaller.
func shares(whole, n int, block func(share int) script.Breathe) []script.Breathe {
	all := make([]script.Breathe, n)
	for i := range all {
		all[i] = block((whole + n - 1 - i) / n)
	}
	return all
}

// Whoever begins at their own pace may breathe as slowly as 8 a minute, and as fast
// as 20, from where the way to 8 takes about this long.
const (
	slowestOwn = 8
	usualOwn   = 12 // stands for the pace of somebody of whom nobody knows it
	fromOwn    = 150 * time.Second
)

// rampRounds parts a ramp: each round goes on where the one before it ended. A round
// is never shorter than its change of pace can bear, so that all of them may take a
// few seconds longer than was asked for.
func rampRounds(r script.Ramp, n int) []script.Breathe {
	all := make([]script.Breathe, n)
	from, over := r.From, r.Over
	for i := range all {
		round := script.Ramp{From: from, To: rateAfter(r, i+1, n), OutLonger: r.OutLonger}
		round.Over = over / time.Duration(n-i)
		if from == 0 && n > 1 {
			round.Over = min(max(round.Over, fromOwn), over)
		}
		round.Over = max(round.Over.Truncate(time.Second), wholeSeconds(round.Shortest()))
		all[i] = script.Breathe{Ramp: &round}
		from, over = round.To, max(0, over-round.Over)
	}
	if n == 1 {
		all[0].Ramp.Over = r.Over
	}
	return all
}

// rateAfter is the pace of a ramp after i of n parts of its time: a breath lengthens
// evenly with time. Nobody who begins at their own pace is led faster than that.
func rateAfter(r script.Ramp, i, n int) float64 {
	first, last := 60/r.From, 60/r.To
	if r.From == 0 {
		first = 60 / float64(usualOwn)
	}
	if i == n || r.From == 0 && r.To >= slowestOwn {
		return r.To
	}
	rate := 60 / (first + (last-first)*float64(i)/float64(n))
	if r.From == 0 {
		rate = min(rate, slowestOwn)
	}
	return float64(int(rate*1000+0.5)) / 1000
}

func wholeSeconds(d time.Duration) time.Duration {
	return (d + time.Second - 1).Truncate(time.Second)
}
