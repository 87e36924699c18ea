package audio

import "math"

// The limiter keeps the curve through the samples, not only the samples, below a
// ceiling. It never bends a wave: it turns the sound down, both ears alike, a
// little before a peak and back up a little after, slowly enough not to be heard.
// It looks at the frames around the one it makes and remembers nothing, so that
// any frame can be made by itself. Where nothing reaches the ceiling it changes
// nothing, not the last bit.
const (
	grain  = 16         // frames from one gain to the next; between them it goes straight
	hold   = 24         // grains, 8 ms: a gain lasts this long to each side of its peak, and so does not follow the waves of a voice
	sight  = 1 + 2*hold // grains to each side that a gain depends on: what is held, and the slopes
	batch  = 64         // grains limited in one go
	taps   = 12         // samples a point between two is worked out from
	surely = 2.0        // times the highest of them no such point reaches,
	bulge  = 0.35       // nor further above it than this part of how sharply they turn,
	loose  = 1.01       // give or take what the taper leaves
)

// quarters are the weights of taps samples for the points a quarter, a half and
// three quarters of the way between the middle two: sin x / x, tapered by a
// cosine bell.
var quarters = func() (w [3][taps]float64) {
	for i := range w {
		for k := range w[i] {
			x := float64(k) - taps/2 + 1 - float64(i+1)/4
			w[i][k] = math.Sin(math.Pi*x) / (math.Pi * x) * (0.5 + 0.5*math.Cos(math.Pi*x/(taps/2+0.5)))
		}
	}
	return w
}()

// slope are the shares by which the gains held around a grain make up its own: a
// cosine bell, so that the gain has no corner.
var slope = func() (w [2*hold + 1]float64) {
	for k := range w {
		w[k] = (1 - math.Cos(2*math.Pi*float64(k+1)/(2*hold+2))) / (2*hold + 2)
	}
	return w
}()

// top is the highest sample of a grain, in either ear. It compares the bits, which
// for numbers without a sign are in the same order: a processor guesses wrong too
// often which sample is the next highest.
func top(dry [][2]float64) float64 {
	const sign = 1 << 63
	left, right := uint64(0), uint64(0)
	for _, f := range dry {
		left = max(left, math.Float64bits(f[0])&^sign)
		right = max(right, math.Float64bits(f[1])&^sign)
	}
	return math.Float64frombits(max(left, right))
}

// bend is how sharply the samples from dry[at-taps/2] to the same behind the grain
// turn at most: the difference between two steps.
func bend(dry [][2]float64, at int) (most float64) {
	near := dry[at-taps/2 : at+grain+taps/2]
	a, b := near[0], near[1]
	for _, c := range near[2:] {
		if x := math.Abs(a[0] - 2*b[0] + c[0]); x > most {
			most = x
		}
		if x := math.Abs(a[1] - 2*b[1] + c[1]); x > most {
			most = x
		}
		a, b = b, c
	}
	return most
}

// crest is the highest point of the curve that begins at dry[at] and goes on for a
// grain. There are frames enough to both sides.
func crest(dry [][2]float64, at int) (high float64) {
	for i := at - taps/2 + 1; i <= at-taps/2+grain; i++ {
		near := (*[taps][2]float64)(dry[i:])
		for q := range quarters {
			left, right := 0.0, 0.0
			for k, w := range &quarters[q] {
				left += w * near[k][0]
				right += w * near[k][1]
			}
			high = max(high, math.Abs(left), math.Abs(right))
		}
	}
	return high
}

// reach says whether any crest is above the ceiling.
func reach(crests []float64, ceiling float64) bool {
	for _, c := range crests {
		if c > ceiling {
			return true
		}
	}
	return false
}

// spare is how much less than everything may pass for a crest to stay below the
// ceiling.
func spare(crest, ceiling float64) float64 {
	if crest <= ceiling {
		return 0
	}
	return 1 - ceiling/crest
}

// gains works out the gain at the first frame of each grain of out from the crests
// of sight grains to each side.
func gains(out, crests []float64, ceiling float64) {
	var held [batch + 1 + 2*hold]float64
	for i := range held[:len(out)+2*hold] {
		high := 0.0
		for _, c := range crests[i : i+2*hold+2] {
			if c > high {
				high = c
			}
		}
		held[i] = spare(high, ceiling)
	}
	for i := range out {
		less := 0.0
		for k, share := range &slope {
			less += share * held[i+k]
		}
		out[i] = 1 - less
	}
}
