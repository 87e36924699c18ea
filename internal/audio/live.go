package audio

import (
	"math"
	"sync/atomic"
	"time"

	"stillpoint/internal/transport"
)

// Play is what a room wants to be heard: a score, and a transport in clock time.
type Play struct {
	Score    *Score          // nil: nothing
	State    transport.State // it sounds only while Playing
	Position time.Duration   // where the session is at At
	At       time.Time       // may lie ahead: everyone begins together then
	Until    time.Duration   // the next wait, or the length: nothing begins from there on
	Rev      int             // the room's revision; 0: none, always heeded
	Joins    bool            // it was heard elsewhere until now: it comes in slowly, wherever it is
}

// Live is the sound of a room as it happens: an endless stream that follows what
// the room wants. The zero Live is silent and ready.
//
// Follow may be called from anywhere and never waits. Stream and Heard belong to
// whoever pulls the sound, one goroutine. A stop is silence 30 ms after the next
// block of at most 10 ms that is asked for; a pause takes 60 ms.
type Live struct {
	want atomic.Pointer[Play]

	// Everything below is the puller's.
	clock  clock
	told   bool // by Heard; until then a frame is taken to be heard when it is pulled
	frame  int  // frames streamed so far
	heeded *Play
	gate   gate

	readings [2]reading // of the score that sounds, and of the one it goes over from
	lead     int        // which of them sounds
	over     crossing
	at       int  // frame of the score that comes next
	next     int  // how the next opening swells in
	back     bool // the device was away: what opens next comes in slowly, wherever it is
}

// How fast sound goes and comes. What is cut goes along half a cosine, which
// leaves nothing sharp in the ear from 10 ms on.
const (
	stopFade   = 30 * time.Millisecond
	pauseFade  = 60 * time.Millisecond
	waitFade   = 1500 * time.Millisecond // at a wait nobody is in a hurry
	resumed    = 1500 * time.Millisecond // how long what sounds already takes to come back
	late       = 120 * time.Millisecond  // the same when it is heard too late for a slow one
	jumped     = 30 * time.Millisecond   // the same after a jump
	mostDrift  = 40 * time.Millisecond   // between the sound card's clock and ours
	caughtUp   = 60 * time.Millisecond   // how long taking it back takes: two places at once are soon an echo
	jump       = 100 * time.Millisecond  // further off is no drift
	ending     = 500 * time.Millisecond  // a session that finished this near its end rings out
	nearEnough = 5 * time.Millisecond    // a beginning missed by this much is played from its beginning
	away       = time.Second             // a device that stood still for so long was gone, and what it held is old
	block      = Rate / 100
)

// Follow says what is wanted from now on; it is heard from the next block on.
// Playing with an older revision than one already followed is ignored, so that
// nothing sounds after a stop in whatever order calls arrive; not playing is
// always heeded.
func (l *Live) Follow(p Play) {
	for {
		next, old := p, l.want.Load()
		if old != nil {
			if p.State == transport.Playing && p.Rev != 0 && p.Rev < old.Rev {
				return
			}
			next.Rev = max(p.Rev, old.Rev)
			if next == *old {
				return
			}
		}
		if l.want.CompareAndSwap(old, &next) {
			return
		}
	}
}

// Heard says when the next frame to be streamed will reach the ear. A device that
// knows says so before each block, from the goroutine that calls Stream.
func (l *Live) Heard(next time.Time) {
	if !l.told {
		l.told, l.clock = true, clock{}
	}
	l.tell(next)
}

// tell keeps the clock. What a device that was gone would have gone on with is not
// heard: nothing blares when it is back.
func (l *Live) tell(next time.Time) {
	if l.clock.tell(l.frame, next) >= away {
		l.silent()
		l.back = true
	}
}

// Stream fills samples, always all of them.
func (l *Live) Stream(samples [][2]float64) (int, bool) {
	for rest := samples; len(rest) > 0; {
		n := min(len(rest), block)
		l.stream(rest[:n])
		rest = rest[n:]
	}
	return len(samples), true
}

// Err is nil: silence is not a fault.
func (l *Live) Err() error { return nil }

func (l *Live) stream(out [][2]float64) {
	if !l.told {
		l.tell(time.Now())
	}
	want := l.want.Load()
	l.heed(want)
	for len(out) > 0 {
		n := 0
		if l.score() == nil {
			n = l.rest(out, want)
		} else {
			n = l.sound(out)
		}
		out, l.frame = out[n:], l.frame+n
	}
}

// place is where want is for the frame streamed next: a frame of its score, before
// its position while it has yet to begin.
func (l *Live) place(want *Play) int {
	return frames(want.Position) - l.clock.until(want.At, l.frame)
}

// heed closes the gate where what sounds is not what is wanted.
func (l *Live) heed(want *Play) {
	fresh := want != l.heeded
	l.heeded = want
	if l.score() == nil {
		return
	}
	switch {
	case want.State == transport.Finished && l.at >= l.score().length-frames(ending):
		l.until(math.MaxInt)
	case want.State != transport.Playing:
		l.shut(want.State)
	case l.gate.closing():
		if fresh {
			l.gate.close(frames(stopFade)) // make way; what opens next stays as gentle as it was
		}
	default:
		l.track(want)
	}
}

// shut closes the gate for a halt, and never later than it would already close.
func (l *Live) shut(state transport.State) {
	fade := stopFade
	if state == transport.Paused {
		fade = pauseFade
	}
	l.close(fade, resumed)
}

// track keeps what sounds in step with want: another score, or a clock that has
// run away a little, is crossed over to; a jump closes the gate, to open again at
// the right place.
func (l *Live) track(want *Play) {
	place := l.place(want)
	off := length(place - l.at).Abs()
	far := off > mostDrift && (off > jump || l.over.on() || want.Score != l.score())
	switch {
	case want.Score == nil || far:
		l.close(stopFade, jumped)
		return
	case l.hurries(want.Score):
		l.close(stopFade, resumed)
		return
	}
	l.until(want.until()) // at once, whichever score sounds: they agree here
	switch {
	case l.over.on():
	case want.Score != l.score():
		l.cross(want.Score, l.at, slowness(l.score().mix, want.Score.mix))
	case off > mostDrift:
		l.cross(want.Score, place, caughtUp)
	}
}

// until is the frame from which nothing may begin.
func (p *Play) until() int {
	if u := frames(p.Until); u < p.Score.length {
		return u
	}
	return math.MaxInt // the end is no wait: a last bell may begin there
}

func (l *Live) close(fade, next time.Duration) {
	l.gate.close(frames(fade))
	l.next = frames(next)
}

// rest writes silence, up to where want begins, and opens there.
func (l *Live) rest(out [][2]float64, want *Play) int {
	n := len(out)
	if want != nil && want.Score != nil && want.State == transport.Playing {
		at, begin := l.place(want), frames(want.Position)
		if begin-at < n && max(at, begin) < min(want.until(), want.Score.length) {
			n = max(0, begin-at)
			l.open(want, max(at, begin))
		}
	}
	clear(out[:n])
	return n
}

// open begins to sound at a frame of want's score.
func (l *Live) open(want *Play, at int) {
	slow := want.Joins || l.back
	if l.next == 0 || slow {
		l.next = frames(resumed)
	}
	switch past := at - frames(want.Position); {
	case past <= frames(nearEnough):
		at -= past
	case !slow:
		l.next = min(l.next, frames(late))
	}
	l.back = false
	l.at, l.gate = at, gate{}
	l.reading().begin(want.Score, hearing{opened: at, swell: l.next, until: want.until()})
	l.next = 0
}

// sound writes what sounds, up to where it ends or the gate has closed.
func (l *Live) sound(out [][2]float64) int {
	n, until := len(out), l.reading().hearing.until
	if l.gate.closing() {
		n = min(n, l.gate.left())
	} else if to := min(until, l.score().frames); l.at < to {
		n = min(n, to-l.at)
	}
	l.reading().read(out[:n], l.at)
	l.mingle(out[:n])
	l.gate.pass(out[:n])
	l.at += n
	switch {
	case l.gate.closed() || l.at >= l.score().frames:
		l.silent()
	case l.at >= until && !l.gate.closing():
		l.close(waitFade, resumed)
	}
	return n
}

// gate lets everything through until it is closed.
type gate struct {
	frames int     // the fade takes; 0: open
	at     int     // of them done
	from   float64 // level the fade began at
}

func (g *gate) closing() bool { return g.frames > 0 }
func (g *gate) closed() bool  { return g.frames > 0 && g.at >= g.frames }
func (g *gate) left() int     { return g.frames - g.at }

func (g *gate) level(at int) float64 {
	if g.frames == 0 {
		return 1
	}
	return g.from * (1 - rise(at, g.frames))
}

// close begins to close over n frames; one that will be closed by then goes on
// as it was.
func (g *gate) close(n int) {
	if !g.closing() || g.left() > n {
		*g = gate{frames: n, from: g.level(g.at)}
	}
}

func (g *gate) pass(out [][2]float64) {
	if g.frames == 0 {
		return
	}
	for i := range out {
		v := g.level(g.at + i)
		out[i][0] *= v
		out[i][1] *= v
	}
	g.at += len(out)
}
