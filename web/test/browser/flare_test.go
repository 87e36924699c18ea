package browser

import (
	"fmt"
	"math"
	"testing"
	"time"
)

const (
	aTenth   = 0.10 // of the greatest light: what WCAG 2.3.1 counts
	tick     = 50 * time.Millisecond
	jump     = 2 // ticks in which a fade of a second does at most a quarter of its way
	aQuarter = 0.25
	brief    = 14 // ticks in which it does not do nearly all
	nearly   = 0.95
	still    = 0.0005 // light in a tick by which nobody would say that it changes
)

// A flare is a square that got brighter or darker too quickly.
type flare struct {
	square int
	by     float64
	within time.Duration
	at     time.Time
}

func (f flare) String() string {
	return fmt.Sprintf("%s changed by %.2f within %v", placeOf(f.square), f.by, f.within)
}

// placeOf says which square is meant.
func placeOf(square int) string {
	if square == whole {
		return "the whole window"
	}
	return fmt.Sprintf("the square %d down and %d across", square/board+1, square%board+1)
}

// flares are the changes that were too quick. Where a tenth of the greatest light
// or more comes or goes, that takes a second, from where it turned or stood to where
// it turns or stands again: no tenth of a second has a quarter of it, and no seven
// tenths nearly all. One is told for each square and second.
func flares(shots []shot) (found []flare) {
	if len(shots) == 0 {
		return nil
	}
	for square := range whole + 1 {
		light := evenly(shots, square)
		last := -brief
		for k := range light {
			by, ticks := tooQuick(light, k)
			if by >= aTenth && k-last >= int(time.Second/tick) {
				found = append(found, flare{square, by, time.Duration(ticks) * tick, shots[0].at.Add(time.Duration(k) * tick)})
				last = k
			}
		}
	}
	return found
}

// tooQuick is what came or went too quickly until a tick, and in how many ticks.
func tooQuick(light []float64, k int) (by float64, ticks int) {
	for _, part := range []struct {
		ticks int
		share float64
	}{{jump, aQuarter}, {brief, nearly}} {
		from := max(0, k-part.ticks)
		if by = math.Abs(light[k] - light[from]); by >= aTenth && by >= part.share*wayOf(light, from, k) {
			return by, part.ticks
		}
	}
	return 0, 0
}

// wayOf is how far the light goes without turning or standing still, of which the
// ticks from one to another are a part.
func wayOf(light []float64, from, to int) float64 {
	towards := math.Copysign(1, light[to]-light[from])
	for from > 0 && (light[from]-light[from-1])*towards > still {
		from--
	}
	for to+1 < len(light) && (light[to+1]-light[to])*towards > still {
		to++
	}
	return math.Abs(light[to] - light[from])
}

// evenly is the light of a square from tick to tick. Frames come all the time; where
// the machine was late with one, what lies between is taken as even.
func evenly(shots []shot, square int) (light []float64) {
	end, i := shots[len(shots)-1].at, 0
	for at := shots[0].at; !at.After(end); at = at.Add(tick) {
		for i+1 < len(shots) && !shots[i+1].at.After(at) {
			i++
		}
		now := shots[i].light[square]
		if i+1 < len(shots) {
			gap := max(shots[i+1].at.Sub(shots[i].at), tick)
			now += (shots[i+1].light[square] - now) * float64(at.Sub(shots[i].at)) / float64(gap)
		}
		light = append(light, now)
	}
	return light
}

// played makes a film of a light that is asked at every tick.
func played(lasts time.Duration, light func(at float64) float64) (shots []shot) {
	for at := time.Duration(0); at < lasts; at += tick {
		s := shot{at: time.Time{}.Add(at)}
		s.light[0] = light(at.Seconds())
		shots = append(shots, s)
	}
	return shots
}

// ease goes from 0 to 1 in so many seconds as an animation that eases in and out.
func ease(at, lasts float64) float64 {
	return (1 - math.Cos(math.Pi*min(1, max(0, at/lasts)))) / 2
}

// What counts as a flare, and what does not.
func TestFlaresAreSeen(t *testing.T) {
	for name, film := range map[string]struct {
		light func(at float64) float64
		want  bool
	}{
		"nothing":                   {func(float64) float64 { return 0.5 }, false},
		"a fade of a second":        {func(at float64) float64 { return 0.8 * ease(at-2, 1) }, false},
		"a small step":              {func(at float64) float64 { return 0.09 * math.Trunc(min(1, at/2)) }, false},
		"breathing":                 {func(at float64) float64 { return 0.4 + 0.3*math.Sin(at*math.Pi/3) }, false},
		"a step":                    {func(at float64) float64 { return 0.12 * math.Trunc(min(1, at/2)) }, true},
		"a fade of half a second":   {func(at float64) float64 { return 0.2 * ease(at-2, 0.5) }, true},
		"a step on a slow way":      {func(at float64) float64 { return 0.05*at + 0.12*math.Trunc(min(1, at/2)) }, true},
		"a flash of a fifth of one": {func(at float64) float64 { return 0.2 * (ease(at-2, 0.3) - ease(at-2.3, 0.3)) }, true},
	} {
		if found := flares(played(5*time.Second, film.light)); (len(found) > 0) != film.want {
			t.Errorf("%s: %v", name, found)
		}
	}
}
