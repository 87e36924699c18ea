package audio

import (
	"github.com/mewkiz/flac/frame"

	"stillpoint/internal/pcm"
)

// stereoFrame is a block ready to be encoded: as left and right, or as their mean
// and difference where that is shorter. Bells and words are the same on both.
func stereoFrame(block [][2]int16) *frame.Frame {
	n := len(block)
	left, right, mid, side := make([]int32, n), make([]int32, n), make([]int32, n), make([]int32, n)
	for i, f := range block {
		l, r := int32(f[0]), int32(f[1])
		left[i], right[i], mid[i], side[i] = l, r, (l+r)>>1, l-r
	}
	channels := frame.ChannelsLR
	first, cost := pcm.Predict(left)
	second, more := pcm.Predict(right)
	middle, costMid := pcm.Predict(mid)
	apart, costSide := pcm.Predict(side)
	if costMid+costSide < cost+more {
		channels, first, second = frame.ChannelsMidSide, middle, apart
	}
	return &frame.Frame{
		Header: frame.Header{HasFixedBlockSize: true, BlockSize: uint16(n), SampleRate: Rate, Channels: channels, BitsPerSample: 16},
		// The encoder takes left and right, and makes what the header says of them.
		Subframes: []*frame.Subframe{{SubHeader: first, Samples: left, NSamples: n}, {SubHeader: second, Samples: right, NSamples: n}},
	}
}
