package audio

import (
	"math"
	"path/filepath"
	"testing"
	"time"

	"stillpoint/internal/pcm"
	"stillpoint/internal/script"
	"stillpoint/internal/session"
	"stillpoint/internal/timeline"
)

const pictures = "../../docs/pictures"

// draw draws every picture of docs/sound.md anew.
func draw(t *testing.T) {
	for name, of := range map[string]func(*testing.T) *canvas{
		"sound-bells": spectraOfBells, "sound-times": timesOfBells, "sound-breath": breathsInShades,
		"sound-ocean": oceanWithABreath, "sound-ambience": spectraOfAmbience,
	} {
		of(t).keep(t, filepath.Join(pictures, name+".webp"))
	}
}

// spectraOfBells shows what each bell is made of in its first three seconds.
func spectraOfBells(t *testing.T) *canvas {
	c := newCanvas(780, 440)
	for i, name := range script.Bells {
		p := plot{c, 40 + 250*float64(i%3), 24 + 210*float64(i/3), 205, 165, 100, 4000, -80, 0, true}
		p.scales([]float64{100, 200, 500, 1000, 3000}, []float64{-60, -40, -20, 0}, "", " dB")
		powers := spectrum(middle(samples(t, rung(name), Rate/8, 1<<17, 4096)))
		most := 0.0
		for _, x := range powers {
			most = max(most, x)
		}
		var points [][2]float64
		for pitch := p.left; pitch < p.right; pitch *= 1.003 {
			best := 0.0
			for k := int(pitch / Rate * (1 << 17)); k <= int(pitch*1.003/Rate*(1<<17)); k++ {
				best = max(best, powers[k])
			}
			points = append(points, [2]float64{pitch, 10 * math.Log10(best/most+1e-12)})
		}
		p.curve(inks[i], points)
		p.write(p.x+p.w-52, p.y+14, inks[i], "%s", name)
	}
	return c
}

// timesOfBells shows how a bell comes, and how long each takes to go.
func timesOfBells(t *testing.T) *canvas {
	c := newCanvas(780, 270)
	come := plot{c, 40, 16, 280, 220, 0, 400, -1, 1, false}
	come.scales([]float64{0, 120, 200, 300, 400}, nil, " ms", "")
	wave := middle(samples(t, rung("bowl"), 0, Rate/2, 4096))
	most := peakOf(samples(t, rung("bowl"), 0, Rate/2, 4096))
	var points [][2]float64
	for i := 0; i < Rate*2/5; i += 8 {
		points = append(points, [2]float64{float64(i) / 48, wave[i] / most * 0.95})
	}
	come.curve(inks[0], points)
	gone := plot{c, 390, 16, 370, 220, 0, 16, -80, -20, false}
	gone.scales([]float64{0, 4, 8, 12, 16}, []float64{-80, -60, -40, -20}, " s", " dB")
	for i, name := range script.Bells {
		wave := rendered(rung(name))
		var points [][2]float64
		for at := 0; at+Rate/5 < min(len(wave), 16*Rate); at += Rate / 20 {
			points = append(points, [2]float64{float64(at+Rate/10) / Rate, 20 * math.Log10(rmsOf(wave[at:at+Rate/5])+1e-9)})
		}
		gone.curve(inks[i], points)
		gone.write(gone.x+gone.w-60, gone.y+14+15*float64(i), inks[i], "%s", name)
	}
	return c
}

// breathsInShades shows one breath, in and held and out and at rest, in each tone,
// and counted.
func breathsInShades(t *testing.T) *canvas {
	c := newCanvas(780, 460)
	tl := breaths(phase(timeline.Inhale, 4), phase(timeline.Hold, 2), phase(timeline.Exhale, 6), phase(timeline.Rest, 2))
	for i, what := range []string{"soft", "warm", "air", "counted, no tone"} {
		m := breathing(session.Tone(what))
		if i == 3 {
			m = Mix{Breath: 100, Tone: session.NoTone, Count: true}
		}
		p := plot{c, 46 + 385*float64(i%2), 20 + 222*float64(i/2), 330, 180, 0, 14, 0, 1500, false}
		s := quiet().Score(tl, m)
		wave := make([][2]float64, 15*Rate)
		copy(wave, samples(t, s, 0, s.Frames(), 4096))
		p.scales([]float64{0, 4, 6, 12, 14}, []float64{0, 500, 1000, 1500}, " s", " Hz")
		p.shades(left(wave), inks[i], []float64{-40, -40, -62, -47}[i], []float64{60, 60, 30, 60}[i])
		p.write(p.x+p.w-100, p.y-6, inks[i], "%s", what)
	}
	return c
}

// oceanWithABreath shows how loud the ocean is as a led breath takes it over and
// lets it go again.
func oceanWithABreath(t *testing.T) *canvas {
	c := newCanvas(780, 230)
	p := plot{c, 46, 16, 715, 180, 0, 150, -42, -26, false}
	p.scales([]float64{0, 30, 60, 90, 120, 150}, []float64{-42, -38, -34, -30, -26}, " s", " LUFS")
	tl := minutes(6, 40, 4, 6)
	for _, s := range tl.Spans {
		if s.Kind == timeline.Exhale {
			p.line(p.across(s.From.Seconds()), p.y+p.h-4, p.across(s.To.Seconds()), p.y+p.h-4, inks[1])
		}
	}
	m := pcm.Meter{NoPeak: true}
	m.Add(samples(t, byTheSea(tl), 0, frames(150*time.Second), 4096))
	var points [][2]float64
	for i, power := range m.Gates() {
		points = append(points, [2]float64{float64(i)/10 + 0.2, pcm.LUFS(power)})
	}
	p.curve(inks[4], points)
	p.write(p.across(62), p.y+14, inks[1], "six breaths; a line under each exhale")
	return c
}

// spectraOfAmbience shows each background by thirds of an octave.
func spectraOfAmbience(t *testing.T) *canvas {
	c := newCanvas(780, 280)
	p := plot{c, 46, 16, 620, 226, 62.5, 16000, -40, 5, true}
	p.scales([]float64{62.5, 125, 250, 500, 1000, 2000, 4000, 8000, 16000}, []float64{-40, -30, -20, -10, 0}, "", " dB")
	for i, name := range script.Ambiences {
		levels, most := thirds(left(minuteOf(name)[:1<<19])), math.Inf(-1)
		for _, l := range levels {
			most = max(most, l)
		}
		var points [][2]float64
		for k, l := range levels {
			points = append(points, [2]float64{62.5 * math.Pow(2, float64(k)/3), l - most})
		}
		p.curve(inks[i], points)
		p.write(690, 40+18*float64(i), inks[i], "%s", name)
	}
	return c
}
