package audio

import (
	"math"
	"time"

	"stillpoint/internal/session"
)

// A score gives way to another at the same place (a room's mix has changed, or
// what comes later has) by crossing over: the levels go from the old ones to the
// new along half a cosine, and what both have in common goes on as if nothing
// were. At most two scores sound; what is wanted meanwhile waits until the
// crossing is done, and the latest wins. A halt closes over both at once; and what
// cannot wait, because a plan has changed under a slow crossing, goes by way of a
// silence and comes back as slowly as after a pause.
//
// How fast sound may grow. What sounds already changes by at most 6 LU within
// 400 ms. A kind that is turned up from nothing, or down to it, takes as long as
// ambience does, and keeps to the 6 LU wherever it is less than 20 dB below its
// full level: further down it is lost beside the rest.
//
// How far a new sound may stand out. Words have to stand out of the ambience under
// them, and the first sound of all stands out of silence; so the measure is the
// level a person agreed to, which is the quiet bell of the sound check. With all
// kinds at one level no moment is more than 6 LU above that bell, and each comes
// with the slope of its kind: words 40 ms, a bell 120 ms, a tone 250 ms, ambience 4 s.

// crossing is how far the sound has gone from one score to another.
type crossing struct {
	frames int // it takes; 0: there is none
	at     int // of them done
	behind int // frames the former score is behind the new
}

// Bounds of a crossing.
const (
	shortest  = 300 * time.Millisecond // even where nothing sounds louder: words may end
	forEachDB = 170 * time.Millisecond // keeps half a cosine within 6 dB in any 400 ms
	furthest  = 28.0                   // dB; what differs more was as good as not there
)

func (c *crossing) on() bool  { return c.frames > 0 }
func (c *crossing) left() int { return c.frames - c.at }

// reading is of the score that sounds, or that is being crossed over to.
func (l *Live) reading() *reading { return &l.readings[l.lead] }

// former is of the score that is being crossed over from.
func (l *Live) former() *reading { return &l.readings[1-l.lead] }

// score is what sounds; nil: silence.
func (l *Live) score() *Score { return l.reading().score }

// until says from which frame on nothing begins. What has begun goes on, so that
// nothing breaks off: the gate takes it away.
func (l *Live) until(frame int) {
	frame = max(frame, l.at)
	l.reading().until(frame)
	if l.over.on() {
		l.former().until(frame)
	}
}

// silent ends everything.
func (l *Live) silent() {
	l.reading().score, l.former().score = nil, nil
	l.over = crossing{}
}

// cross begins to go over to a frame of a score, heard as if it had sounded all
// along.
func (l *Live) cross(to *Score, at int, long time.Duration) {
	from := l.reading()
	l.lead = 1 - l.lead
	l.reading().begin(to, from.hearing)
	l.over = crossing{frames: frames(long), behind: at - l.at}
	l.at = at
}

// hurries says that what comes after another plan cannot wait for a slow crossing,
// on its way or its own: words that are no longer wanted would go on.
func (l *Live) hurries(to *Score) bool {
	now := l.score()
	return to.plan != now.plan && max(length(l.over.left()), slowness(now.mix, to.mix)) > shortest
}

// slowness is how long going over from one mix to another takes.
func slowness(from, to Mix) time.Duration {
	return max(shortest, time.Duration(differ(from, to)*float64(forEachDB)))
}

// mingle adds to out what is left of the former score.
func (l *Live) mingle(out [][2]float64) {
	if !l.over.on() {
		return
	}
	var old [block][2]float64
	l.former().read(old[:len(out)], l.at-l.over.behind)
	for i := range out {
		g := rise(l.over.at+i, l.over.frames)
		out[i][0] = old[i][0] + g*(out[i][0]-old[i][0])
		out[i][1] = old[i][1] + g*(out[i][1]-old[i][1])
	}
	if l.over.at += len(out); l.over.at >= l.over.frames {
		l.former().score, l.over = nil, crossing{}
	}
}

// differ is by how many dB two mixes differ, in the kind of sound in which they
// differ most.
func differ(a, b Mix) (most float64) {
	from, to := faders(a), faders(b)
	for i := range from {
		most = max(most, math.Abs(from[i]-to[i]))
	}
	return min(most, furthest)
}

// faders are the levels of each kind of sound in dB; far down when it is not there.
func faders(m Mix) (db [4]float64) {
	if m.Tone == session.NoTone {
		m.Breath = 0
	}
	for i, level := range []int{m.Voice, m.Bells, m.Breath, m.Ambience} {
		gain := fader(level)
		if m.Night {
			gain *= nightGain
		}
		db[i] = 20 * math.Log10(max(gain, 1e-3))
	}
	return db
}
