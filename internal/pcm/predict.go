package pcm

import (
	"math/bits"

	"github.com/mewkiz/flac/frame"
)

// A block of FLAC is predicted here rather than by the library: by its fixed
// predictors, with a parameter for each sixteenth. That is several times as fast,
// and smaller where sound comes and goes.
const (
	BlockFLAC   = 4096 // frames encoded together
	partOrder   = 4    // sixteen parts
	mostPredict = 4    // the highest of the fixed predictors
	mostParam   = 14   // the highest that a part may have
)

// Predict chooses how to encode samples, and says how many bits that takes.
func Predict(samples []int32) (h frame.SubHeader, cost int) {
	if same(samples) {
		return frame.SubHeader{Pred: frame.PredConstant}, 16
	}
	if len(samples) < BlockFLAC { // the last of all
		return frame.SubHeader{Pred: frame.PredVerbatim}, 16 * len(samples)
	}
	order, residuals := best(samples)
	parts := make([]frame.RicePartition, 1<<partOrder)
	cost = 16 * order
	const size = BlockFLAC >> partOrder
	for i := range parts {
		var c int
		parts[i].Param, c = rice(residuals[max(i*size, order) : (i+1)*size])
		cost += c
	}
	if cost > 16*len(samples) {
		return frame.SubHeader{Pred: frame.PredVerbatim}, 16 * len(samples)
	}
	return frame.SubHeader{Pred: frame.PredFixed, Order: order, RiceSubframe: &frame.RiceSubframe{PartOrder: partOrder, Partitions: parts}}, cost
}

func same(samples []int32) bool {
	for _, x := range samples {
		if x != samples[0] {
			return false
		}
	}
	return true
}

// best is the fixed predictor that misses by the least, and how far each sample
// lies from what it predicts. Each predictor misses by the differences of what the
// one before misses by.
func best(samples []int32) (order int, residuals []int32) {
	now := samples
	least := -1
	for o := 0; ; o++ {
		sum := 0
		for _, x := range now[mostPredict:] {
			sum += int(max(x, -x))
		}
		if least < 0 || sum < least {
			least, order, residuals = sum, o, now
		}
		if o == mostPredict {
			return order, residuals
		}
		next := make([]int32, len(now))
		for i := o + 1; i < len(now); i++ {
			next[i] = now[i] - now[i-1]
		}
		now = next
	}
}

// rice is the parameter that suits the residuals, and the bits they take.
func rice(residuals []int32) (param uint, cost int) {
	sum := 0
	for _, x := range residuals {
		sum += int(uint32(x<<1 ^ x>>31))
	}
	mean := sum / max(len(residuals), 1)
	k := min(max(bits.Len(uint(mean))-1, 0), mostParam)
	return uint(k), sum>>k + len(residuals)*(k+1) + mostPredict
}
