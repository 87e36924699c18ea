package audio

// kept is how many grains a reading keeps: more than are needed at once, so that
// it seldom has to make room.
const kept = 256

// reading is one reader's way through a score. What it keeps are frames it would
// otherwise make again, because the limiter looks ahead: the samples it gives are
// the same wherever it begins and in whatever steps it goes.
type reading struct {
	score   *Score // nil: nothing is read
	hearing hearing

	first  int // grain that dry begins with
	made   int // grains of dry that are made
	judged int // the grains before this one, but the first, have a crest
	dry    [kept * grain][2]float64
	tops   [kept]float64 // highest sample of each grain
	crests [kept]float64 // highest point of each grain's curve
}

// begin turns to a score.
func (r *reading) begin(s *Score, h hearing) {
	r.score, r.hearing, r.made, r.judged = s, h, 0, 0
}

// until says from which frame on nothing begins.
func (r *reading) until(frame int) {
	if r.hearing.until != frame {
		r.hearing.until, r.made, r.judged = frame, 0, 0
	}
}

// read writes the frames from, from+1, … to out. Frames before the beginning and
// after the end are silent.
func (r *reading) read(out [][2]float64, from int) {
	for len(out) > 0 {
		n := min(len(out), batch*grain-from&(grain-1))
		r.limit(out[:n], from)
		out, from = out[n:], from+n
	}
}

// limit writes at most as many frames as lie in a batch.
func (r *reading) limit(out [][2]float64, from int) {
	first, last := grainAt(from), grainAt(from+len(out)-1)
	r.gather(first-sight, last+1+sight)
	copy(out, r.dry[from-r.first*grain:])
	crests := r.crests[first-sight-r.first : last+1+sight-r.first]
	if ceiling := r.score.ceiling(); reach(crests, ceiling) {
		var g [batch + 1]float64
		gains(g[:last-first+2], crests, ceiling)
		turn(out, &g, from-first*grain)
	}
}

// turn brings out to the gains, of which the first is at frames before it.
func turn(out [][2]float64, gains *[batch + 1]float64, at int) {
	for i := range out {
		k, past := (at+i)/grain, (at+i)%grain
		g := gains[k] + (gains[k+1]-gains[k])*float64(past)/grain
		out[i][0] *= g
		out[i][1] *= g
	}
}

// grainAt is the grain a frame lies in.
func grainAt(frame int) int { return (frame - frame&(grain-1)) / grain }

// gather makes and judges the grains [from, to).
func (r *reading) gather(from, to int) {
	const whole = cell / grain // made together: most sounds are worked out by the cell
	from, to = (from-1)&^(whole-1), (to+whole)&^(whole-1)
	if from < r.first || from > r.first+r.made {
		r.made = 0
	}
	if r.made == 0 {
		r.first, r.judged = from, 1
	}
	if to > r.first+kept {
		r.forget(from - r.first)
	}
	if to > r.first+r.made {
		r.fill(to)
		r.judge()
	}
}

// forget drops the first n grains.
func (r *reading) forget(n int) {
	copy(r.dry[:], r.dry[n*grain:r.made*grain])
	copy(r.tops[:], r.tops[n:r.made])
	copy(r.crests[:], r.crests[n:r.made])
	r.first, r.made, r.judged = r.first+n, r.made-n, max(1, r.judged-n)
}

// fill makes the grains up to to.
func (r *reading) fill(to int) {
	n := to - r.first
	dry := r.dry[r.made*grain : n*grain]
	r.score.unlimited(dry, (r.first+r.made)*grain, r.hearing)
	for i := r.made; i < n; i++ {
		r.tops[i] = top(r.dry[i*grain : (i+1)*grain])
	}
	r.made = n
}

// judge finds the crests of the grains that have another to each side. Only where
// the curve may reach the ceiling is it worked out; elsewhere the samples will do.
func (r *reading) judge() {
	ceiling := r.score.ceiling()
	for ; r.judged < r.made-1; r.judged++ {
		i := r.judged
		r.crests[i] = r.tops[i]
		high := max(r.tops[i-1], r.tops[i], r.tops[i+1])
		if surely*high > ceiling && loose*high+bulge*bend(r.dry[:], i*grain) > ceiling {
			r.crests[i] = max(r.tops[i], crest(r.dry[:], i*grain))
		}
	}
}
