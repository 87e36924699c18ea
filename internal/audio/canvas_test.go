package audio

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"os/exec"
	"testing"
)

// fine is how many dots of a drawing become one of the picture, each way.
const fine = 2

// canvas is a drawing with words on it, in dots of the picture.
type canvas struct {
	dots  *image.RGBA
	words []string // arguments of convert
}

var (
	paper = color.RGBA{0xfb, 0xf8, 0xf3, 0xff}
	rule  = color.RGBA{0xe2, 0xdc, 0xd2, 0xff}
	inks  = []color.RGBA{{0x2a, 0x6b, 0x70, 0xff}, {0xb3, 0x6b, 0x1f, 0xff}, {0x7b, 0x45, 0x6d, 0xff},
		{0x4d, 0x7a, 0x35, 0xff}, {0x35, 0x55, 0xa0, 0xff}, {0x8a, 0x30, 0x30, 0xff}}
)

func newCanvas(w, h int) *canvas {
	c := &canvas{dots: image.NewRGBA(image.Rect(0, 0, w*fine, h*fine))}
	for i := range c.dots.Pix {
		c.dots.Pix[i] = []uint8{paper.R, paper.G, paper.B, paper.A}[i%4]
	}
	return c
}

// line draws a line, two dots wide.
func (c *canvas) line(x0, y0, x1, y1 float64, ink color.Color) {
	steps := int(max(math.Abs(x1-x0), math.Abs(y1-y0))*fine) + 1
	for i := range steps + 1 {
		t := float64(i) / float64(steps)
		x, y := int((x0+t*(x1-x0))*fine), int((y0+t*(y1-y0))*fine)
		c.dots.Set(x, y, ink)
		c.dots.Set(x+1, y, ink)
		c.dots.Set(x, y+1, ink)
		c.dots.Set(x+1, y+1, ink)
	}
}

// write writes words whose first letter stands at a place.
func (c *canvas) write(x, y float64, ink color.RGBA, format string, args ...any) {
	c.words = append(c.words, "-fill", fmt.Sprintf("#%02x%02x%02x", ink.R, ink.G, ink.B),
		"-annotate", fmt.Sprintf("+%d+%d", int(x), int(y)), fmt.Sprintf(format, args...))
}

// keep stores the picture, with the help of ImageMagick.
func (c *canvas) keep(t *testing.T, file string) {
	t.Helper()
	var drawing bytes.Buffer
	if err := png.Encode(&drawing, c.dots); err != nil {
		t.Fatal(err)
	}
	args := append([]string{"png:-", "-filter", "box", "-resize", fmt.Sprintf("%d%%", 100/fine), "-font", "DejaVu-Sans", "-pointsize", "12"}, c.words...)
	make := exec.Command("convert", append(args, "-quality", "60", "-define", "webp:method=6", file)...)
	make.Stdin = &drawing
	if out, err := make.CombinedOutput(); err != nil {
		t.Fatalf("%s cannot be drawn (convert is part of ImageMagick): %v\n%s", file, err, out)
	}
}

// plot is a part of a canvas with two scales.
type plot struct {
	*canvas
	x, y, w, h  float64
	left, right float64 // what the scale across goes from and to
	low, high   float64 // and the scale upwards
	octaves     bool    // across, equal steps are equal ratios
}

var grey = color.RGBA{0x6b, 0x66, 0x5e, 0xff}

func (p *plot) across(v float64) float64 {
	if p.octaves {
		return p.x + p.w*math.Log(v/p.left)/math.Log(p.right/p.left)
	}
	return p.x + p.w*(v-p.left)/(p.right-p.left)
}

func (p *plot) up(v float64) float64 {
	return p.y + p.h*(1-(min(max(v, p.low), p.high)-p.low)/(p.high-p.low))
}

// scales rules the plot and writes what the rules stand for.
func (p *plot) scales(across, up []float64, unitAcross, unitUp string) {
	for i, v := range across {
		p.line(p.across(v), p.y, p.across(v), p.y+p.h, rule)
		unit := ""
		if i == len(across)-1 {
			unit = unitAcross
		}
		p.write(p.across(v)-8, p.y+p.h+14, grey, "%v%s", v, unit)
	}
	for i, v := range up {
		p.line(p.x, p.up(v), p.x+p.w, p.up(v), rule)
		unit := ""
		if i == len(up)-1 {
			unit = unitUp
		}
		p.write(p.x-34, p.up(v)+4, grey, "%v%s", v, unit)
	}
}

// curve draws what goes through points.
func (p *plot) curve(ink color.Color, points [][2]float64) {
	for i := 1; i < len(points); i++ {
		a, b := points[i-1], points[i]
		p.line(p.across(a[0]), p.up(a[1]), p.across(b[0]), p.up(b[1]), ink)
	}
}

// shades draws how strong each pitch is as time passes, from so many dB below the
// loudest to it.
func (p *plot) shades(wave []float64, ink color.RGBA, loudest, deep float64) {
	const window = 1 << 12
	for x := 0; x < int(p.w); x++ {
		at := int((p.left + (p.right-p.left)*float64(x)/p.w) * Rate)
		powers := spectrum(wave[max(0, min(at-window/2, len(wave)-window)):][:window])
		for y := 0; y < int(p.h); y++ {
			pitch := p.high - (p.high-p.low)*float64(y)/p.h
			db := 10*math.Log10(powers[int(pitch/Rate*window)]+1e-30) - loudest
			p.dot(p.x+float64(x), p.y+float64(y), ink, min(max(db/deep+1, 0), 1))
		}
	}
}

// dot mixes ink into one dot of the picture.
func (c *canvas) dot(x, y float64, ink color.RGBA, part float64) {
	mix := func(a, b uint8) uint8 { return uint8(float64(a) + part*(float64(b)-float64(a))) }
	for i := range fine * fine {
		x, y := int(x)*fine+i%fine, int(y)*fine+i/fine
		on := c.dots.RGBAAt(x, y)
		c.dots.Set(x, y, color.RGBA{mix(on.R, ink.R), mix(on.G, ink.G), mix(on.B, ink.B), 0xff})
	}
}
