package voice

import (
	"math"
	"slices"
	"strings"
	"testing"
	"unicode"

	"stillpoint/internal/pcm"
)

func TestSentences(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("and on ", 285)) // 1994 bytes, and no full stop
	for text, want := range map[string][]string{
		"":                               nil,
		" \n\t ":                         nil,
		"Hello":                          {"Hello"},
		"Hello.":                         {"Hello."},
		"Warm, cool. Nothing much.":      {"Warm, cool.", "Nothing much."},
		"Really? Perhaps! Yes.":          {"Really?", "Perhaps!", "Yes."},
		"Wait… then go on.":              {"Wait…", "then go on."},
		"Wait... then go on.":            {"Wait...", "then go on."},
		"He said “rest.” She did.":       {"He said “rest.”", "She did."},
		`She said "rest." He did.`:       {`She said "rest."`, "He did."},
		"(This is optional.) So is this": {"(This is optional.)", "So is this"},
		"At 3.5 seconds.":                {"At 3.5 seconds."},
		"Something, e.g. a sound. Here.": {"Something, e.g.", "a sound.", "Here."},
		"  One.\n\nTwo.  ":               {"One.", "Two."},
		"Ruhig. Ganz ruhig":              {"Ruhig.", "Ganz ruhig"},
		long:                             {long},
	} {
		if got := Sentences(text); !slices.Equal(got, want) {
			t.Errorf("%.60q: %q, want %q", text, got, want)
		}
	}
}

// FuzzSentences: together they are the text, but for white space; none is empty.
func FuzzSentences(f *testing.F) {
	for _, text := range []string{"", "One. Two.", "“A…” b?! c", "x.\u00a0y", ". . .", "a.\r\nb", "\xff. \xfe", "a… \u2000b"} {
		f.Add(text)
	}
	bare := func(text string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) {
				return -1
			}
			return r
		}, text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		sentences := Sentences(text)
		if got := strings.Join(sentences, " "); bare(got) != bare(text) {
			t.Errorf("%q became %q", text, sentences)
		}
		for _, s := range sentences {
			if s == "" || s != strings.TrimSpace(s) {
				t.Errorf("%q: a sentence is %q", text, s)
			}
		}
	})
}

// silences are the stretches with no sound at all that last a while, in frames.
func silences(c pcm.Clip) (gaps []gap) {
	from := 0
	for i := 0; i <= len(c.Samples); i++ {
		if i < len(c.Samples) && math.Abs(float64(c.Samples[i])) < 1e-5 {
			continue
		}
		if i-from > frames(clauseGap)/2 && from > 0 && i < len(c.Samples) {
			gaps = append(gaps, gap{from, i})
		}
		from = i + 1
	}
	return gaps
}

func TestAssemble(t *testing.T) {
	const rate = 48000
	word := hum(rate, 600)
	for name, c := range map[string]struct {
		texts  []string
		spoken []pcm.Clip
		gaps   []int // in ms, to within two steps of measuring
	}{
		"one word":                      {[]string{"Hello."}, []pcm.Clip{word}, nil},
		"two sentences":                 {[]string{"One.", "Two."}, []pcm.Clip{word, word}, []int{1300}},
		"silence around them is cut":    {[]string{"One.", "Two."}, []pcm.Clip{joined(hush(rate, 500), word, hush(rate, 800)), joined(hush(rate, 300), word)}, []int{1300 + 120 + 10}}, // of it, 120 ms stay after and 10 before
		"a comma":                       {[]string{"One, two."}, []pcm.Clip{joined(word, hush(rate, 150), word)}, []int{150 + 450}},
		"a pause where no comma is":     {[]string{"One two."}, []pcm.Clip{joined(word, hush(rate, 150), word)}, []int{150}},
		"a comma without a pause":       {[]string{"One, two."}, []pcm.Clip{word}, nil},
		"a comma and closed lips":       {[]string{"One, two."}, []pcm.Clip{joined(word, hush(rate, 60), word)}, []int{60}},
		"one comma, two pauses":         {[]string{"One, two three."}, []pcm.Clip{joined(word, hush(rate, 120), word, hush(rate, 250), word)}, []int{120, 250 + 450}},
		"two commas, two pauses":        {[]string{"One, two, three."}, []pcm.Clip{joined(word, hush(rate, 120), word, hush(rate, 250), word)}, []int{120 + 450, 250 + 450}},
		"the commas of each sentence":   {[]string{"One, two.", "Three four."}, []pcm.Clip{joined(word, hush(rate, 150), word), joined(word, hush(rate, 150), word)}, []int{600, 1300, 150}},
		"a number with a comma in it":   {[]string{"1,000 of them."}, []pcm.Clip{joined(word, hush(rate, 150), word)}, []int{150}},
		"a dash, a colon, a semicolon":  {[]string{"One — two: three; four."}, []pcm.Clip{joined(word, hush(rate, 100), word, hush(rate, 100), word, hush(rate, 100), word)}, []int{550, 550, 550}},
		"a comma at the very end of it": {[]string{"One,"}, []pcm.Clip{joined(word, hush(rate, 150), word)}, []int{150}},
	} {
		before := slices.Clone(c.spoken[0].Samples)
		line := Assemble(c.texts, c.spoken)
		if !slices.Equal(before, c.spoken[0].Samples) {
			t.Errorf("%s: what was spoken has changed", name)
		}
		var got []int
		for _, g := range silences(line) {
			got = append(got, (g.to-g.from)*1000/pcm.Rate)
		}
		ok := len(got) == len(c.gaps)
		for i := 0; ok && i < len(got); i++ {
			ok = math.Abs(float64(got[i]-c.gaps[i])) <= 20
		}
		if !ok {
			t.Errorf("%s: it is silent for %v ms, want %v", name, got, c.gaps)
		}
		if line.Rate != pcm.Rate {
			t.Errorf("%s: %d frames a second", name, line.Rate)
		}
		loudIs(t, name, line)
	}
}

// loudIs: −20 LUFS, and no peak above −7 dBTP.
func loudIs(t *testing.T, name string, c pcm.Clip) {
	t.Helper()
	l := c.Loudness()
	if math.Abs(l.Integrated-Loudness) > 0.1 {
		t.Errorf("%s: %.2f LUFS", name, l.Integrated)
	}
	if peak := l.TruePeak; peak > -7 {
		t.Errorf("%s: %.2f dBTP", name, peak)
	}
}

// TestAssembleOtherRates: engines speak at 16, 22.05, 24 and 44.1 kHz, too softly
// and too loudly.
func TestAssembleOtherRates(t *testing.T) {
	for _, rate := range []int{16000, 22050, 24000, 44100} {
		for _, gain := range []float32{0.01, 3} {
			c := hum(rate, 500)
			for i := range c.Samples {
				c.Samples[i] = min(max(c.Samples[i]*gain, -1), 1)
			}
			line := Assemble([]string{"One.", "Two."}, []pcm.Clip{c, c})
			if got, want := len(line.Samples), frames(SentencePause)+pcm.Rate; got < want || got > want+frames(clauseGap)*4 {
				t.Errorf("%d: %d frames, want %d and what is left around", rate, got, want)
			}
			loudIs(t, "at another rate", line)
		}
	}
}

func TestNothingToAssemble(t *testing.T) {
	if c := Assemble(nil, nil); len(c.Samples) != 0 || c.Rate != pcm.Rate {
		t.Errorf("%d samples at %d", len(c.Samples), c.Rate)
	}
	if got := unhurried(pcm.Clip{Rate: pcm.Rate}, 3); len(got.Samples) != 0 {
		t.Errorf("%d samples", len(got.Samples))
	}
	if got := unhurried(hush(pcm.Rate, 400), 3); len(got.Samples) != pcm.Rate*400/1000 {
		t.Errorf("silence has grown to %d samples", len(got.Samples))
	}
}
