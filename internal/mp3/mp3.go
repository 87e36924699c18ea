// Package mp3 writes MPEG-1 Layer III (ISO/IEC 11172-3) at 48 kHz in stereo, at
// 128 kbit a second.
//
// It is made for what Stillpoint sounds like: voices, bells and steady noise that
// come and go gently, often the same in both ears. So it knows long blocks only,
// for nothing here begins within a few milliseconds, and every frame stands by
// itself, so that a player can go anywhere at once. The package must not know
// files, tags or where samples come from.
package mp3

import "math"

// What is fixed, and what follows from it.
const (
	Rate       = 48000
	FrameSize  = 1152 // samples of each ear a frame holds
	FrameBytes = 144 * bitrate / Rate
	Delay      = 528 // samples by which a decoder's output is later than 529, the decoder's own
	bitrate    = 128000
	granule    = FrameSize / 2
	frameBits  = 8 * (FrameBytes - headBytes)
	headBytes  = 4 + 32
)

// Encoder turns samples into frames. Its zero value is ready; one goroutine may
// use it at a time.
type Encoder struct {
	ears  [2]bank
	steps [2]int // where the search for a channel's step begins
	out   bits
}

// part is a granule of one channel on its way into a frame.
type part struct {
	lines    spectrum
	allowed  [bands]float64
	demand   float64 // bits it might use well
	plan     plan
	shaped   [granule]float64 // |line| to the power of ¾
	values   [granule]int32
	settings settings
}

// Frame encodes the next samples, between −1 and 1; what it returns is good until
// the next call.
func (e *Encoder) Frame(samples *[FrameSize][2]float64) []byte {
	var parts [2][2]part // granule, channel
	for g := range parts {
		for ear := range e.ears {
			var in [granule]float64
			for i := range in {
				in[i] = samples[g*granule+i][ear]
			}
			parts[g][ear].lines = e.ears[ear].next(&in)
		}
	}
	together := mixed(&parts)
	demand := 0.0
	for g := range parts {
		for c := range parts[g] {
			parts[g][c].prepare()
			demand += parts[g][c].demand
		}
	}
	left := frameBits
	for g := range parts {
		for c := range parts[g] {
			p := &parts[g][c]
			share := int(float64(left) * p.demand / max(demand, 1e-9))
			e.steps[c] = p.quantise(min(share, mostBits), e.steps[c])
			left -= p.settings.bits
			demand -= p.demand
		}
	}
	return e.write(&parts, together)
}

// mixed makes sum and difference of left and right where that takes fewer bits,
// and says so.
func mixed(parts *[2][2]part) bool {
	apart, together := 0.0, 0.0
	for g := range parts {
		left, right := &parts[g][0].lines, &parts[g][1].lines
		for i := range left {
			l, r := math.Abs(left[i]), math.Abs(right[i])
			m, s := math.Abs(left[i]+right[i])*math.Sqrt2/2, math.Abs(left[i]-right[i])*math.Sqrt2/2
			apart += math.Log((l + faintest) * (r + faintest))
			together += math.Log((m + faintest) * (s + faintest))
		}
	}
	if together >= apart {
		return false
	}
	for g := range parts {
		left, right := &parts[g][0].lines, &parts[g][1].lines
		for i := range left {
			left[i], right[i] = (left[i]+right[i])*math.Sqrt2/2, (left[i]-right[i])*math.Sqrt2/2
		}
	}
	return true
}

// faintest is a line below what 16 bits can hold.
const faintest = 1e-6

// write is the frame: its header, the settings of its parts, and their values.
func (e *Encoder) write(parts *[2][2]part, together bool) []byte {
	b := &e.out
	b.reset()
	b.put(0xfffb, 16) // the sign of a frame; MPEG-1 Layer III without a checksum
	b.put(0x94, 8)    // 128 kbit, 48 kHz
	b.put(0x44|bit(together)<<5, 8)
	b.put(0, 9+3+8) // nothing of it lies in the frame before; nothing is shared
	for g := range parts {
		for c := range parts[g] {
			parts[g][c].settings.write(b)
		}
	}
	for g := range parts {
		for c := range parts[g] {
			parts[g][c].write(b)
		}
	}
	return b.padded(FrameBytes)
}

func bit(is bool) uint32 {
	if is {
		return 1
	}
	return 0
}
