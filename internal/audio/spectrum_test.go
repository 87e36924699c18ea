package audio

import (
	"math"
	"math/bits"
	"math/cmplx"
)

// spectrum is the power at every multiple of Rate / len(wave) below half of Rate.
// The length of the wave is a power of two; its ends are tapered.
func spectrum(wave []float64) []float64 {
	n := len(wave)
	points := make([]complex128, n)
	for i, x := range wave {
		t := 2 * math.Pi * float64(i) / float64(n)
		points[bits.Reverse(uint(i))>>(bits.UintSize-bits.Len(uint(n-1)))] = complex(x*(0.42-0.5*math.Cos(t)+0.08*math.Cos(2*t)), 0)
	}
	for half := 1; half < n; half *= 2 {
		for k := range half {
			turn := cmplx.Rect(1, -math.Pi*float64(k)/float64(half))
			for i := k; i < n; i += 2 * half {
				a, b := points[i], turn*points[i+half]
				points[i], points[i+half] = a+b, a-b
			}
		}
	}
	powers := make([]float64, n/2)
	for i := range powers {
		re, im := real(points[i]), imag(points[i])
		powers[i] = (re*re + im*im) / float64(n) / float64(n)
	}
	return powers
}

// energy is the power between two pitches, in dB, of a stretch whose length is a
// power of two.
func energy(wave []float64, from, to float64) float64 {
	sum, bin := 0.0, float64(Rate)/float64(len(wave))
	for i, p := range spectrum(wave) {
		if pitch := float64(i) * bin; pitch >= from && pitch < to {
			sum += p
		}
	}
	return 10 * math.Log10(sum+1e-30)
}
