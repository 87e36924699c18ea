package audio

import (
	"math"
	"sort"

	"stillpoint/internal/timeline"
)

// Score is a timeline and a mix, ready to sound. It never changes and may be
// shared freely.
type Score struct {
	beds   []note // ambience: few and long
	notes  []note // everything else, ordered by from
	reach  []int  // reach[i]: where the last of notes[:i+1] has ended
	length int    // frames of the timeline
	frames int    // of the sound: a bell at the very end rings on
	fade   int    // frames at the end over which everything goes
	mix    Mix    // it was laid at
	plan   *timeline.Timeline
}

// note is a sound laid on the score: it sounds in frames [from, to).
type note struct {
	from, to int
	sound    sound
}

// sound is anything whose frames can be asked for one by one.
type sound interface {
	// add adds frames at, at+1, … of the sound, counted from its own beginning,
	// to what is in out. It is asked only for frames the sound has.
	add(out [][2]float64, at int)
}

// Frames is how many frames the score sounds. It is at least the length of the
// timeline; a bell rung near the end rings out past it.
func (s *Score) Frames() int { return s.frames }

// Silent says that nothing in the score sounds.
func (s *Score) Silent() bool { return len(s.notes) == 0 && len(s.beds) == 0 }

// hearing is how a listener came to the score: what was already sounding when it
// was opened swells in, and what begins later sounds as written.
type hearing struct {
	opened int // frame listening began at
	swell  int // frames what was already sounding takes to come in
	until  int // nothing begins from this frame on
}

// whole hears all of a score as it is written.
var whole = hearing{opened: math.MinInt, until: math.MaxInt}

// unlimited writes the frames from, from+1, … of the score to out, as loud as they
// come: a reading limits them. Frames before the beginning and after the end are
// silent.
func (s *Score) unlimited(out [][2]float64, from int, h hearing) {
	clear(out)
	if h.opened > math.MinInt {
		s.sum(out, from, math.MinInt, h.opened)
		swell(out, from-h.opened, h.swell)
	}
	s.sum(out, from, h.opened, h.until)
	s.end(out, from)
	if s.mix.Night {
		quieter(out, nightGain)
	}
}

// sum adds the notes that begin in [first, last), always in the same order.
func (s *Score) sum(out [][2]float64, from, first, last int) {
	for i := range s.beds {
		if n := &s.beds[i]; n.from >= first && n.from < last {
			n.add(out, from)
		}
	}
	i := sort.Search(len(s.notes), func(i int) bool { return s.reach[i] > from })
	for ; i < len(s.notes) && s.notes[i].from < from+len(out); i++ {
		if n := &s.notes[i]; n.from >= first && n.from < last {
			n.add(out, from)
		}
	}
}

func (n *note) add(out [][2]float64, from int) {
	lo, hi := max(from, n.from), min(from+len(out), n.to)
	if lo < hi {
		n.sound.add(out[lo-from:hi-from], lo-n.from)
	}
}

// swell brings out in, whose first frame is the at-th of a rise over n.
func swell(out [][2]float64, at, n int) {
	for i := range out {
		if at+i >= n {
			return
		}
		g := rise(at+i, n)
		out[i][0] *= g
		out[i][1] *= g
	}
}

// end fades what still sounds at the end of the score.
func (s *Score) end(out [][2]float64, from int) {
	for i := max(0, s.frames-s.fade-from); i < len(out); i++ {
		g := rise(s.frames-from-i, s.fade)
		out[i][0] *= g
		out[i][1] *= g
	}
}
