package audio

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"math"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/faiface/beep"

	"stillpoint/internal/timeline"
)

// tool is a program these tests ask for a second opinion. On CI it must be there.
func tool(t testing.TB, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err == nil {
		return path
	}
	if os.Getenv("CI") != "" {
		t.Fatalf("%s is not installed; .ci/install brings it", name)
	}
	t.Skipf("%s is not installed; .ci/install brings it", name)
	return ""
}

// floats are the frames of s as 64-bit numbers, little end first.
func floats(s beep.Streamer) []byte {
	var out []byte
	block := make([][2]float64, 4096)
	for {
		n, ok := s.Stream(block)
		if !ok {
			return out
		}
		for _, f := range block[:n] {
			out = binary.LittleEndian.AppendUint64(out, math.Float64bits(f[0]))
			out = binary.LittleEndian.AppendUint64(out, math.Float64bits(f[1]))
		}
	}
}

// verdict is how loud another finds a sound, in LUFS and dBTP.
type verdict struct{ integrated, momentary, truePeak float64 }

// judged is how loud ffmpeg finds s: its own reading of BS.1770 and R 128.
func judged(t *testing.T, s beep.Streamer) verdict {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), tool(t, "ffmpeg"), "-nostats", "-hide_banner", "-loglevel", "error", "-f", "f64le", "-ar", "48000", "-ac", "2", "-i", "-",
		"-af", "apad=pad_len=4800,ebur128=peak=true:metadata=1,ametadata=mode=print:file=-", "-f", "null", "-")
	cmd.Stdin = bytes.NewReader(floats(s))
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("ffmpeg: %v", err)
	}
	l := verdict{math.Inf(-1), math.Inf(-1), math.Inf(-1)}
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
		name, text, _ := strings.Cut(lines.Text(), "=")
		value, err := strconv.ParseFloat(text, 64)
		if err != nil {
			continue
		}
		switch name {
		case "lavfi.r128.I":
			l.integrated = value
		case "lavfi.r128.M":
			l.momentary = max(l.momentary, value)
		case "lavfi.r128.true_peak":
			l.truePeak = max(l.truePeak, 20*math.Log10(value))
		}
	}
	return l
}

// murmur speaks every text for as long as its words take, as a made-up voice: the
// waves of a throat through two vowels, in syllables, levelled to −20 LUFS. Its
// peaks stand as far out as those of a voice do.
func murmur(l timeline.Line) []int16 {
	return murmured()[:min(frames(timeline.ByWords(l)), 16*Rate)]
}

var murmured = sync.OnceValue(func() []int16 {
	const long = 16 * Rate
	wave := make([]float32, long)
	phase := 0.0
	for i := range wave {
		t := float64(i) / Rate
		pitch := 112 + 14*math.Sin(2*math.Pi*0.4*t)
		phase += 2 * math.Pi * pitch / Rate
		syllable := math.Pow(math.Sin(math.Pi*2.2*t), 2) * (0.6 + 0.4*math.Sin(2*math.Pi*0.31*t))
		formant := 500 + 150*math.Sin(2*math.Pi*1.1*t)
		twice, before, now := 2*math.Cos(phase), 1.0, math.Cos(phase) // the cosines of the multiples of a phase, one from two
		for k := 1.0; k*pitch < 3500; k++ {
			near := (k*pitch - formant) / 130
			far := (k*pitch - 2300) / 200
			wave[i] += float32(syllable * (1/(1+near*near) + 0.3/(1+far*far)) * now)
			before, now = now, twice*now-before
		}
	}
	gain := decibels(-20 - steady(&struck{wave, 1}, long))
	out := make([]int16, long)
	for i, x := range wave {
		out[i] = int16(max(-1, min(1, gain*float64(x))) * 32767)
	}
	return out
})

// murmuring is a bank whose voice murmurs.
var murmuring = sync.OnceValue(func() *Bank {
	return &Bank{Speech: murmur, bells: quiet().bells, ambiences: quiet().ambiences}
})

// crowd is far too much at once.
func crowd() *timeline.Timeline {
	t := &timeline.Timeline{Length: 5 * time.Second}
	for i := range 8 {
		at := time.Duration(i) * 100 * time.Millisecond
		t.Cues = append(t.Cues,
			timeline.Cue{Kind: timeline.Bell, At: at, Name: "bowl"},
			timeline.Cue{Kind: timeline.Bell, At: at, Name: "low"},
			timeline.Cue{Kind: timeline.Say, At: at, Length: 4 * time.Second, Text: "long " + strings.Repeat("and long ", 8)})
	}
	return t
}

// Our meter and ffmpeg's agree about what we make, within a tenth of a LU and a
// tenth of a dB at the peak; and by either the ceilings hold, with the limiter
// hard at work.
func TestAnotherMeterAgrees(t *testing.T) {
	t.Parallel()
	night := loud
	night.Night = true
	for _, c := range []struct {
		name    string
		score   *Score
		ceiling float64 // 0: nothing is near it
	}{
		{"everything", murmuring().Score(everything(), Even()), 0},
		{"a crowd", murmuring().Score(crowd(), loud), -6},
		{"a crowd at night", murmuring().Score(crowd(), night), -16},
	} {
		ours, theirs := Measure(c.score.Stream(0)), judged(t, c.score.Stream(0))
		t.Logf("%s: %.2f and %.2f LUFS, %.2f and %.2f at most, %.2f and %.2f dBTP", c.name, ours.Integrated, theirs.integrated,
			ours.Momentary, theirs.momentary, ours.TruePeak, theirs.truePeak)
		if math.Abs(ours.Integrated-theirs.integrated) > 0.1 || math.Abs(ours.Momentary-theirs.momentary) > 0.1 || math.Abs(ours.TruePeak-theirs.truePeak) > 0.1 {
			t.Errorf("%s: we measure %+v, ffmpeg %+v", c.name, ours, theirs)
		}
		if peak := theirs.truePeak; c.ceiling < 0 && (peak > c.ceiling || peak < c.ceiling-0.6) {
			t.Errorf("%s peaks at %.2f dBTP, want just below %.0f", c.name, peak, c.ceiling)
		}
	}
}
