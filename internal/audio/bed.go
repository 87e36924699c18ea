package audio

import (
	"sort"
	"time"
)

// How ambience comes, goes and makes room for words.
const (
	bedRise  = 4 * time.Second  // on start and on change
	bedEnd   = 10 * time.Second // at the natural end
	duckDown = 400 * time.Millisecond
	duckUp   = 1500 * time.Millisecond
	ducked   = 0.63096 // −4 dB
)

// stretch is how many frames of noise lie between two points where its level is
// worked out exactly. It hides more than a tone does, so these are further apart
// than a cell.
const stretch = 512

// ambience is one kind of background: layers of loops, already at the loudness
// ambience has at level 100.
type ambience []layer

// layer is one loop of an ambience. The other ear hears it from elsewhere, so
// that it lies around the listener; loops of different lengths never line up the
// same way twice.
type layer struct {
	loop  []float32
	other int                         // frames further on the right
	swell func(water float64) float64 // how loud it is at a height of the water; nil: steady
	lag   int                         // frames it comes behind the water
}

// span is a stretch of frames [from, to).
type span struct{ from, to int }

// bed is an ambience lying under part of a score.
type bed struct {
	kind   ambience
	gain   float64
	start  int // frame of the score it begins at
	until  int // it begins to go here; it is gone after bedRise
	end    int // of the timeline: gone by then
	spoken []span
	surf   *surf
}

func (b *bed) add(out [][2]float64, at int) {
	for frame := b.start + at; len(out) > 0; {
		skip := frame % stretch
		n := min(len(out), stretch-skip)
		b.addStretch(out[:n], frame-skip, skip)
		out, frame = out[n:], frame+n
	}
}

// addStretch adds the frames of the stretch that begins with the frame start, but
// the first skip.
func (b *bed) addStretch(out [][2]float64, start, skip int) {
	first, last := b.levelAt(start), b.levelAt(start+stretch)
	if first == 0 && last == 0 {
		return
	}
	for i := range b.kind {
		l := &b.kind[i]
		from, to := first, last
		if l.swell != nil {
			from *= l.swell(b.surf.height(start - l.lag))
			to *= l.swell(b.surf.height(start + stretch - l.lag))
		}
		l.add(out, start, skip, from, (to-from)/stretch)
	}
}

// add adds the frames of a stretch that begins at start, but the first skip, at a
// level that moves by step a frame. It goes from one end of the loop to another.
func (l *layer) add(out [][2]float64, start, skip int, level, step float64) {
	n := len(l.loop)
	left := (start + skip) % n
	right := (left + l.other) % n
	for i := skip; len(out) > 0; {
		k := min(len(out), n-left, n-right)
		here, there := l.loop[left:left+k], l.loop[right:right+k]
		for j := range out[:k] {
			g := level + float64(i+j)*step
			out[j][0] += g * float64(here[j])
			out[j][1] += g * float64(there[j])
		}
		out, i, left, right = out[k:], i+k, (left+k)%n, (right+k)%n
	}
}

// levelAt is how loud the bed is at a frame of the score.
func (b *bed) levelAt(frame int) float64 {
	rises := frames(bedRise)
	g := b.gain * rise(frame-b.start, rises) * rise(b.end-frame, frames(bedEnd))
	if frame > b.until {
		g *= rise(b.until+rises-frame, rises)
	}
	if g == 0 || len(b.spoken) == 0 {
		return g
	}
	return g * (1 - (1-ducked)*b.duckAt(frame))
}

// duckAt is how far the bed makes room at a frame, from 0 to 1: for the words
// before it or the words after, whichever asks for more.
func (b *bed) duckAt(frame int) (depth float64) {
	after := sort.Search(len(b.spoken), func(i int) bool { return b.spoken[i].from > frame })
	if after < len(b.spoken) {
		down := frames(duckDown)
		depth = rise(frame-b.spoken[after].from+down, down)
	}
	if after > 0 {
		up := frames(duckUp)
		depth = max(depth, rise(b.spoken[after-1].to+up-frame, up))
	}
	return depth
}
