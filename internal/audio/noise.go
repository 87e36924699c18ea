package audio

import (
	"math"
	"math/rand/v2"
	"time"
)

// dropSwell is how long a droplet of rain swells in.
const dropSwell = 40 * time.Millisecond

// Ambience is made of loops: noise and tones that lead into their own beginning
// without a seam, because each was made as something periodic in the first place.

// white is n samples of noise, the same for the same seed.
func white(n int, seed uint64) []float32 {
	r := rand.New(rand.NewPCG(seed, 0x5711))
	out := make([]float32, n)
	for i := range out {
		out[i] = 2*r.Float32() - 1
	}
	return out
}

// onePole is a filter that follows its input, slower above its corner frequency.
type onePole struct{ follow, state float64 }

func lowPass(corner float64) onePole {
	return onePole{follow: 1 - math.Exp(-2*math.Pi*corner/Rate)}
}

func (p *onePole) next(x float64) float64 {
	p.state += p.follow * (x - p.state)
	return p.state
}

// around runs filter over the loop in a circle: first over half of it, so that
// it settles, then over the whole. The end then leads into the beginning.
func around(loop []float32, filter func(float64) float64) []float32 {
	for _, x := range loop[len(loop)/2:] {
		filter(float64(x))
	}
	for i, x := range loop {
		loop[i] = float32(filter(float64(x)))
	}
	return loop
}

// pinkNoise falls 3 dB an octave from 30 Hz on: low passes two octaves apart,
// each contributing the square root of its corner's share. Below, where small
// loudspeakers only strain, it is taken away.
func pinkNoise(n int, seed uint64) []float32 {
	var poles []onePole
	var shares []float64
	for corner := 20.0; corner < 24000; corner *= 4 {
		poles = append(poles, lowPass(corner))
		shares = append(shares, 1/math.Sqrt(corner))
	}
	rumble := lowPass(30)
	return around(white(n, seed), func(x float64) (sum float64) {
		for i := range poles {
			sum += shares[i] * poles[i].next(x)
		}
		return sum - rumble.next(sum)
	})
}

// brownNoise falls 6 dB an octave from 60 Hz on.
func brownNoise(n int, seed uint64) []float32 {
	low, rumble := lowPass(60), lowPass(30)
	return around(white(n, seed), func(x float64) float64 {
		x = low.next(x)
		return x - rumble.next(x)
	})
}

// hush is noise between two corners, falling away by 6 dB an octave below the
// lower one and 12 above the upper for each step of steepness.
func hush(n int, seed uint64, from, to float64, steep int) []float32 {
	loop := white(n, seed)
	for range steep {
		high, low, again := lowPass(from), lowPass(to), lowPass(to)
		around(loop, func(x float64) float64 {
			x -= high.next(x)
			return again.next(low.next(x))
		})
	}
	return loop
}

// droplets are soft, short tones at scattered times, so many that they overlap.
// Each swells in as slowly as the onset of a word, so that none of them ticks.
func droplets(n int, seed uint64, aSecond float64) []float32 {
	r := rand.New(rand.NewPCG(seed, 0xd709))
	out := make([]float32, n)
	swells := frames(dropSwell)
	for range int(aSecond * float64(n) / Rate) {
		at, falls := r.IntN(n), int(Rate*(0.06+0.06*r.Float64()))
		pitch := 500 * math.Pow(4, r.Float64())
		level := 0.2 + 0.8*r.Float64()*r.Float64()
		for i := range swells + falls {
			bump := rise(i, swells) * rise(swells+falls-i, falls)
			out[(at+i)%n] += float32(level * bump * math.Sin(2*math.Pi*pitch/Rate*float64(i)))
		}
	}
	return out
}

// strand is a tone of a chord and its softer twin, which beats with it.
type strand struct{ pitch, level, beat float64 }

// chord is a handful of strands, every tone of which turns a whole number of times
// in the loop. They begin at different places of their beats, so that the chord
// stays as loud as it is while each of them comes and goes.
func chord(n int, strands ...strand) []float32 {
	const twin = 0.2
	out := make([]float32, n)
	whole := func(pitch float64) float64 { return 2 * math.Pi * math.Round(pitch*float64(n)/Rate) / float64(n) }
	for k, v := range strands {
		place := 2 * math.Pi * float64(k) / float64(len(strands))
		for i := range out {
			t := float64(i)
			out[i] += float32(v.level * (math.Sin(whole(v.pitch)*t) + twin*math.Sin(whole(v.pitch+v.beat)*t+place)))
		}
	}
	return out
}
