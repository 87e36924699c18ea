package audio

import (
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"stillpoint/internal/pcm"
	"stillpoint/internal/script"
	"stillpoint/internal/session"
	"stillpoint/internal/timeline"
)

var update = flag.Bool("update", false, "write the figures and the pictures of docs/sound.md anew")

const soundPage = "../../docs/sound.md"

// figures are the tables of docs/sound.md, each after a mark with its name.
func figures() map[string]string {
	return map[string]string{
		"bells": bellFigures(), "partials": partialFigures(), "breath": breathFigures(), "ambience": ambienceFigures(),
	}
}

// The tables of docs/sound.md are what the sounds measure.
func TestTheSoundPageIsTrue(t *testing.T) {
	t.Parallel()
	old, err := os.ReadFile(soundPage)
	if err != nil {
		t.Fatal(err)
	}
	page := string(old)
	for name, table := range figures() {
		place := regexp.MustCompile(`(?s)<!-- ` + name + ` -->\n.*?\n\n`)
		if !place.MatchString(page) {
			t.Errorf("the page has no place for the figures of %s", name)
		}
		page = place.ReplaceAllLiteralString(page, "<!-- "+name+" -->\n"+table+"\n")
	}
	switch {
	case *update:
		draw(t)
		if err := os.WriteFile(soundPage, []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	case page != string(old):
		t.Errorf("the sounds have changed (go test ./internal/audio -run TheSoundPage -update writes the page anew).\nIt would be:\n%s", page)
	}
}

// Every picture of the page is there, small, and every one there is on the page.
func TestThePicturesAreSmall(t *testing.T) {
	page, err := os.ReadFile(soundPage)
	if err != nil {
		t.Fatal(err)
	}
	var shown []string
	for _, m := range regexp.MustCompile(`\(pictures/(sound-\w+\.webp)\)`).FindAllStringSubmatch(string(page), -1) {
		shown = append(shown, filepath.Join(pictures, m[1]))
	}
	there, _ := filepath.Glob(filepath.Join(pictures, "sound-*.webp"))
	if slices.Sort(shown); len(there) == 0 || !slices.Equal(shown, there) {
		t.Errorf("the page shows %v, there are %v", shown, there)
	}
	for _, file := range there {
		if f, err := os.Stat(file); err != nil || f.Size() > 25<<10 {
			t.Errorf("%s: %d bytes, %v", file, f.Size(), err)
		}
	}
}

// rows is a table in Markdown.
type rows struct{ strings.Builder }

func table(heads ...string) *rows {
	r := &rows{}
	r.row("%s", strings.Join(heads, " | "))
	r.WriteString(strings.Repeat("|---", len(heads)) + "|\n")
	return r
}

// row adds a line, with a minus where one is meant.
func (r *rows) row(format string, args ...any) {
	r.WriteString(hyphen.ReplaceAllString(fmt.Sprintf("| "+format+" |\n", args...), "−$1"))
}

var hyphen = regexp.MustCompile(`-(\d)`)

func bellFigures() string {
	r := table("bell", "loudest 400 ms, LUFS", "true peak, dBTP", "attack, ms", "sounds for, s", "above 3.1 kHz, dB", "unexplained, dB")
	for _, name := range script.Bells {
		s := rung(name)
		wave, l, first := rendered(s), Measure(s.Stream(0)), heardBells()[name][0]
		begin := left(wave[:1<<13])
		over := energy(begin, 3100, 24000) - energy(begin, 50, 3100)
		r.row("`%s` | %.1f | %.1f | %.0f | %.0f | %s | %s", name, l.Momentary, l.TruePeak,
			first.attack.Seconds()*1000, float64(s.Frames())/Rate, below(over), below(first.rest))
	}
	return r.String()
}

// below says that a figure is far down, without the digits that mean nothing.
func below(db float64) string {
	for _, bound := range []float64{-100, -80, -60} {
		if db < bound {
			return fmt.Sprintf("< %.0f", bound)
		}
	}
	return fmt.Sprintf("%.1f", db)
}

func partialFigures() string {
	r := table("bell", "partial, Hz", "level, dB", "beats a second", "dies within, s")
	for _, name := range script.Bells {
		if name == "closing" {
			continue // the same partials as the bowls'
		}
		heard, k := heardBells()[name][0], 0
		most := heard.loudest(recipes()[name])
		for _, p := range recipes()[name].partials {
			one, beat := heard.modes[k], "–"
			level := one.amplitude()
			if k++; p.twin != p.ratio {
				other := heard.modes[k]
				k++
				beat, level = fmt.Sprintf("%.2f", other.pitch-one.pitch), level+other.amplitude()
			}
			r.row("`%s` | %.1f | %.1f | %s | %.1f", name, one.pitch, 20*math.Log10(level/most)+0, beat, one.t60())
		}
	}
	return r.String()
}

func breathFigures() string {
	r := table("tone", "loudest 400 ms in, LUFS", "out, LUFS", "true peak, dBTP", "where it is 0.3, 2 and 3.7 s into 4 s in, Hz")
	for _, tone := range sounding {
		in := quiet().Score(breaths(phase(timeline.Inhale, 4)), breathing(tone))
		out := quiet().Score(breaths(phase(timeline.Exhale, 6)), breathing(tone))
		wave := rendered(in)
		at := func(second float64) float64 {
			if tone == session.Air { // where the middle of its energy is
				return balance(wave[int(second*Rate)-1<<13:][:1<<14])
			}
			return pitchAt(wave, int(second*Rate))
		}
		l := Measure(in.Stream(0))
		r.row("`%s` | %.1f | %.1f | %.1f | %.0f → %.0f → %.0f", tone, l.Momentary, Measure(out.Stream(0)).Momentary, l.TruePeak, at(0.3), at(2), at(3.7))
	}
	pulse := Measure(quiet().Score(breaths(phase(timeline.Hold, 1)), Mix{Breath: 100, Tone: session.NoTone, Count: true}).Stream(0))
	r.row("a counted second | %.1f | | %.1f |", pulse.Momentary, pulse.TruePeak)
	return r.String()
}

func ambienceFigures() string {
	r := table("ambience", "loudness, LUFS", "softest and loudest 400 ms of a minute, LUFS", "treble stands out by, dB", "thirds of an octave at 125, 2000 and 8000 Hz against 500, dB")
	for _, name := range script.Ambiences {
		wave := minuteOf(name)
		m := pcm.Meter{NoPeak: true}
		m.Add(wave)
		powers, levels, out := m.Gates(), thirds(left(wave[:1<<19])), "–"
		if name != "drone" { // it has no treble
			out = fmt.Sprintf("%.1f", standsOut(wave))
		}
		against := func(k int) float64 { return math.Round(levels[k]-levels[9]) + 0 } // never −0
		all := fmt.Sprintf("%+.0f, %+.0f, %+.0f", against(3), against(15), against(21))
		if name == "drone" {
			all = "tones at 110, 165, 220, 330 and 440 Hz"
		}
		r.row("`%s` | %.1f | %.1f to %.1f | %s | %s", name, m.Loudness().Integrated, pcm.LUFS(slices.Min(powers)), pcm.LUFS(slices.Max(powers)), out, all)
	}
	return r.String()
}
