package voice

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"stillpoint/internal/pcm"
	"stillpoint/internal/script"
	"stillpoint/internal/timeline"
)

// hum is a clip that sounds all through, for so many milliseconds.
func hum(rate, ms int) pcm.Clip {
	c := pcm.Clip{Rate: rate, Samples: make([]float32, rate*ms/1000)}
	for i := range c.Samples {
		x := 2 * math.Pi * float64(i) / float64(rate)
		c.Samples[i] = float32(0.2 * (math.Sin(180*x) + 0.5*math.Sin(720*x)))
	}
	return c
}

// hush is silence.
func hush(rate, ms int) pcm.Clip { return pcm.Clip{Rate: rate, Samples: make([]float32, rate*ms/1000)} }

func joined(parts ...pcm.Clip) pcm.Clip {
	c := pcm.Clip{Rate: parts[0].Rate}
	for _, p := range parts {
		c.Samples = append(c.Samples, p.Samples...)
	}
	return c
}

// wav is a clip as a 16-bit WAV file.
func wav(c pcm.Clip) []byte {
	samples := c.Int16()
	var b bytes.Buffer
	b.WriteString("RIFF")
	le := func(values ...any) {
		for _, v := range values {
			binary.Write(&b, binary.LittleEndian, v)
		}
	}
	le(uint32(36 + 2*len(samples)))
	b.WriteString("WAVEfmt ")
	le(uint32(16), uint16(1), uint16(1), uint32(c.Rate), uint32(2*c.Rate), uint16(2), uint16(16))
	b.WriteString("data")
	le(uint32(2*len(samples)), samples)
	return b.Bytes()
}

// opusLine is a shipped line: two tones, of four seconds.
func opusLine(t testing.TB) []byte {
	t.Helper()
	file, err := os.ReadFile("../pcm/testdata/tones.opus")
	if err != nil {
		t.Fatal(err)
	}
	return file
}

var (
	hazel = Narrator{ID: "hazel", Name: "Hazel", About: "a higher voice", Language: "en", Recipe: "one"}
	rowan = Narrator{ID: "rowan", Name: "Rowan", Language: "en", Recipe: "two"}
)

// shipped is a folder in which narrators say lines.
func shipped(t testing.TB, says map[Narrator][]string) fstest.MapFS {
	t.Helper()
	folder := fstest.MapFS{}
	var narrators []Narrator
	for _, n := range []Narrator{hazel, rowan} {
		if texts, ok := says[n]; ok {
			narrators = append(narrators, n)
			for _, text := range texts {
				folder[n.File(text)] = &fstest.MapFile{Data: opusLine(t)}
			}
		}
	}
	list, err := json.Marshal(narrators)
	if err != nil {
		t.Fatal(err)
	}
	folder[narratorsFile] = &fstest.MapFile{Data: list}
	return folder
}

// with is the voices of a Config.
func with(t testing.TB, c Config) *Voices {
	t.Helper()
	v, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// page is a script of prompts.
func page(t testing.TB, language string, prompts ...string) *script.Script {
	t.Helper()
	text := "title: Page\nlanguage: " + language + "\n\n# One\n"
	for _, p := range prompts {
		text += p + " [5]\n\n"
	}
	s, err := script.Parse("page.txt", text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func by(id, text string) timeline.Line { return timeline.Line{Text: text, Language: "en", Voice: id} }

// records keeps a recording of a text, as long as asked.
func records(t testing.TB, v *Voices, text string, ms int) {
	t.Helper()
	file := wav(hum(48000, ms))
	if _, err := v.Record(text, bytes.NewReader(file), int64(len(file)), "mine.wav"); err != nil {
		t.Fatal(err)
	}
}

func filesIn(t testing.TB, folder string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, filepath.Join(folder, e.Name()))
	}
	return names
}

// sameLength fails where what is heard of a line is not as long as it says.
func sameLength(t testing.TB, v *Voices, l timeline.Line) {
	t.Helper()
	if got, want := v.Length(l), samplesLast(len(v.Samples(l))); got != want {
		t.Errorf("%+v takes %v and sounds for %v", l, got, want)
	}
}
