package audio

import "time"

// How words come and go: never with a hard edge, even where they are cut.
const (
	speechAttack = 40 * time.Millisecond
	speechFade   = 30 * time.Millisecond
)

// spoken is a prompt being spoken.
type spoken struct {
	samples []int16 // mono, at Rate
	gain    float64
	frames  int // how many of them sound
}

func (s *spoken) add(out [][2]float64, at int) {
	attack, fade := frames(speechAttack), frames(speechFade)
	for i := range out {
		k := at + i
		v := s.gain / 32768 * float64(s.samples[k])
		if k < attack {
			v *= rise(k, attack)
		}
		if left := s.frames - k; left < fade {
			v *= rise(left, fade)
		}
		out[i][0] += v
		out[i][1] += v
	}
}
