package speaker

import (
	"encoding/binary"
	"math"
)

// frameSize is the size of a frame in bytes: two samples of four.
const frameSize = 8

// encode writes frames as 32-bit floats, little end first, and returns the bytes
// used.
func encode(out []byte, frames [][2]float64) []byte {
	for i, f := range frames {
		binary.LittleEndian.PutUint32(out[i*frameSize:], math.Float32bits(float32(f[0])))
		binary.LittleEndian.PutUint32(out[i*frameSize+4:], math.Float32bits(float32(f[1])))
	}
	return out[:len(frames)*frameSize]
}
