package pcm

import "math"

// peak finds the highest point of the curve through the samples: three points
// between each two are worked out from the twelve samples around them, wherever
// one of these is high enough for the curve to matter.
type peak struct {
	past [12]float64
	at   int
	near int // samples for which a high one is still among the twelve
	most float64
}

func (p *peak) add(x float64) {
	p.past[p.at%len(p.past)] = x
	p.at++
	if x = math.Abs(x); 2*x > p.most {
		p.near = len(p.past)
	}
	p.most = max(p.most, x)
	if p.near--; p.near < 0 {
		return
	}
	for _, weights := range between {
		y := 0.0
		for k, w := range weights {
			y += w * p.past[(p.at+k)%len(p.past)]
		}
		p.most = max(p.most, math.Abs(y))
	}
}

// between are the weights of the twelve samples for the points a quarter, a half
// and three quarters of the way between the sixth and the seventh: sin x / x,
// tapered by a cosine bell.
var between = func() (w [3][12]float64) {
	for i := range w {
		for k := range w[i] {
			x := float64(k) - 5 - float64(i+1)/4
			w[i][k] = math.Sin(math.Pi*x) / (math.Pi * x) * (0.5 + 0.5*math.Cos(math.Pi*x/6.5))
		}
	}
	return w
}()
