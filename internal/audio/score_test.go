package audio

import (
	"crypto/sha256"
	"encoding/binary"
	"io"
	"math"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"stillpoint/internal/timeline"
)

// everything is a timeline with every kind of sound in it, crowded together.
func everything() *timeline.Timeline {
	s := time.Second
	return &timeline.Timeline{Length: 40 * s, Cues: []timeline.Cue{
		{Kind: timeline.Ambience, At: 0, Name: "rain"},
		{Kind: timeline.Bell, At: 500 * time.Millisecond, Name: "bowl"},
		{Kind: timeline.Say, At: 3 * s, Length: 4 * s, Text: "long"},
		{Kind: timeline.Inhale, At: 12 * s, Length: 2 * s},
		{Kind: timeline.Say, At: 13 * s, Length: 4 * s, Text: "short"},
		{Kind: timeline.Inhale, At: 14 * s, Length: 1 * s},
		{Kind: timeline.Exhale, At: 15 * s, Length: 6 * s},
		{Kind: timeline.Ambience, At: 18 * s, Name: "ocean"},
		{Kind: timeline.Inhale, At: 22 * s, Length: 4 * s},
		{Kind: timeline.Bell, At: 23 * s, Name: "high"},
		{Kind: timeline.Exhale, At: 28 * s, Length: 6 * s},
		{Kind: timeline.Here, At: 36 * s},
		{Kind: timeline.Guide, At: 37 * s, Text: "private"},
		{Kind: timeline.Bell, At: 40 * s, Name: "closing"},
	}}
}

// hum speaks every text as a 150 Hz hum at a third of full scale: "long" for ten
// seconds, the rest for two.
func hum(l timeline.Line) []int16 {
	long := 2 * Rate
	if l.Text == "long" {
		long = 10 * Rate
	}
	out := make([]int16, long)
	for i := range out {
		out[i] = int16(10000 * math.Sin(2*math.Pi*150/Rate*float64(i)))
	}
	return out
}

// quiet and speaking are banks made once: one has no voice, the other hums.
var (
	quiet    = sync.OnceValue(NewBank)
	speaking = sync.OnceValue(func() *Bank {
		b := *quiet()
		b.Speech = hum
		return &b
	})
)

var loud = Mix{Voice: 100, Bells: 100, Breath: 100, Ambience: 100}

// samples reads n frames from a frame on, in blocks of the sizes given in turn.
func samples(t *testing.T, s *Score, from, n int, sizes ...int) [][2]float64 {
	t.Helper()
	stream, out := s.Stream(from), make([][2]float64, n)
	for i, at := 0, 0; at < n; i++ {
		k, ok := stream.Stream(out[at:min(n, at+sizes[i%len(sizes)])])
		if !ok {
			t.Fatalf("stream ended at frame %d of %d", from+at, from+n)
		}
		at += k
	}
	return out
}

func hash(frames [][2]float64) [32]byte {
	h := sha256.New()
	binary.Write(h, binary.LittleEndian, frames)
	return [32]byte(h.Sum(nil))
}

func TestSamplesDoNotDependOnBlocks(t *testing.T) {
	t.Parallel()
	s := speaking().Score(everything(), loud)
	const from, n = 14*Rate - Rate/2, 5 * Rate // words, a top-up, a change of ambience
	want := hash(samples(t, s, from, n, 4096))
	for _, sizes := range [][]int{{1}, {7}, {480}, {1, 7, 480, 4096, 63, 64, 65}} {
		if hash(samples(t, s, from, n, sizes...)) != want {
			t.Errorf("blocks of %v gave other samples", sizes)
		}
	}
}

func TestSamplesDoNotDependOnSeeks(t *testing.T) {
	s := speaking().Score(everything(), loud)
	all := samples(t, s, 0, s.Frames(), 4096)
	r := rand.New(rand.NewPCG(1, 2))
	stream := s.Stream(0)
	block := make([][2]float64, 700)
	for range 500 {
		at := r.IntN(s.Frames() - len(block))
		if err := stream.Seek(at); err != nil {
			t.Fatal(err)
		}
		n, ok := stream.Stream(block[:1+r.IntN(len(block)-1)])
		if !ok || stream.Position() != at+n {
			t.Fatalf("at %d: ok %v, position %d", at, ok, stream.Position())
		}
		for i, f := range block[:n] {
			if f != all[at+i] {
				t.Fatalf("frame %d is %v after a seek to %d, %v in one reading", at+i, f, at, all[at+i])
			}
		}
	}
}

func TestStreamDrains(t *testing.T) {
	s := quiet().Bell(50)
	stream := s.Stream(s.Frames() - 10)
	block := make([][2]float64, 480)
	if n, ok := stream.Stream(block); n != 10 || !ok {
		t.Errorf("last block: %d, %v", n, ok)
	}
	if n, ok := stream.Stream(block); n != 0 || ok {
		t.Errorf("after the end: %d, %v", n, ok)
	}
	for _, at := range []int{-1, s.Frames() + 1} {
		if stream.Seek(at) == nil {
			t.Errorf("seek to %d went unnoticed", at)
		}
	}
}

// onset is the first frame at which anything sounds, -1 if none does.
func onset(frames [][2]float64) int {
	for i, f := range frames {
		if f != [2]float64{} {
			return i
		}
	}
	return -1
}

func TestEachCueBeginsAtItsFrame(t *testing.T) {
	for _, c := range []timeline.Cue{
		{Kind: timeline.Bell, Name: "bowl"},
		{Kind: timeline.Bell, Name: "high"},
		{Kind: timeline.Bell, Name: "low"},
		{Kind: timeline.Bell, Name: "closing"},
		{Kind: timeline.Inhale, Length: 4 * time.Second},
		{Kind: timeline.Exhale, Length: 6 * time.Second},
		{Kind: timeline.Here},
		{Kind: timeline.Say, Length: 3 * time.Second, Text: "short"},
		{Kind: timeline.Ambience, Name: "pink"},
	} {
		c.At = 1234 * time.Millisecond
		s := speaking().Score(&timeline.Timeline{Length: 20 * time.Second, Cues: []timeline.Cue{c}}, loud)
		// The very first sample of a sound that rises from nothing is nothing.
		if got, want := onset(samples(t, s, 0, s.Frames(), 4096)), 1234*48; got < want || got > want+2 {
			t.Errorf("%s %s begins at frame %d, want %d", c.Kind, c.Name, got, want)
		}
	}
}

func TestLevelZeroIsSilence(t *testing.T) {
	t.Parallel()
	s := speaking().Score(everything(), Mix{})
	if at := onset(samples(t, s, 0, s.Frames(), 4096)); at >= 0 || !s.Silent() {
		t.Errorf("something sounds at frame %d", at)
	}
	if at := onset(samples(t, quiet().Bell(0), 0, 6*Rate, 4096)); at >= 0 {
		t.Errorf("the bell sounds at frame %d", at)
	}
	for i, m := range []Mix{{Voice: 80}, {Bells: 80}, {Breath: 80}, {Ambience: 80}} {
		s := speaking().Score(everything(), m)
		if s.Silent() || onset(samples(t, s, 0, s.Frames(), 4096)) < 0 {
			t.Errorf("nothing sounds with only kind %d up", i)
		}
	}
}

func TestNothingBreaksTheCeiling(t *testing.T) {
	t.Parallel()
	if got := Measure(speaking().Score(crowd(), loud).Stream(0)).TruePeak; got > -6 || got < -6.2 {
		t.Errorf("true peak %.2f dBTP, want the limiter at work just below -6", got)
	}
}

func TestTheEndIsNotCut(t *testing.T) {
	long := 20 * time.Second
	tl := &timeline.Timeline{Length: long, Cues: []timeline.Cue{
		{Kind: timeline.Ambience, Name: "pink"},
		{Kind: timeline.Bell, At: long, Name: "closing"},
	}}
	s := quiet().Score(tl, loud)
	all := samples(t, s, 0, s.Frames(), 4096)
	if s.Frames() < frames(long)+10*Rate {
		t.Errorf("the last bell has only %d frames", s.Frames()-frames(long))
	}
	if got := peakOf(all[len(all)-48:]); got > 1e-6 {
		t.Errorf("the last millisecond still has %g", got)
	}
	// Ten seconds before the end all is there, a second before it hardly anything.
	full, gone := rmsOf(all[9*Rate:10*Rate]), rmsOf(all[19*Rate:20*Rate])
	if gone > full/10 {
		t.Errorf("ambience goes from %g to %g at the end", full, gone)
	}
}

func TestWordsAreCutWhereTheirCueEnds(t *testing.T) {
	tl := &timeline.Timeline{Length: 10 * time.Second, Cues: []timeline.Cue{
		{Kind: timeline.Say, At: time.Second, Length: 2 * time.Second, Text: "long"}}}
	all := samples(t, speaking().Score(tl, loud), 0, 10*Rate, 4096)
	if at := onset(all[3*Rate:]); at >= 0 {
		t.Errorf("words go on at frame %d after their cue", at)
	}
	if peakOf(all[3*Rate-4800:3*Rate-1440]) < 0.2 {
		t.Error("words end too early")
	}
}

func TestAmbienceMakesRoomForWords(t *testing.T) {
	tl := &timeline.Timeline{Length: 60 * time.Second, Cues: []timeline.Cue{
		{Kind: timeline.Ambience, Name: "pink"},
		{Kind: timeline.Say, At: 20 * time.Second, Length: 10 * time.Second, Text: "long"}}}
	b := speaking()
	with, without := b.Score(tl, loud).beds[0].sound.(*bed), b.Score(tl, Mix{Ambience: 100}).beds[0].sound.(*bed)
	for _, c := range []struct{ at, want float64 }{{19.5, 0}, {20, -4}, {29.9, -4}, {31.6, 0}} {
		at := int(c.at * Rate)
		if got := 20 * math.Log10(with.levelAt(at)/without.levelAt(at)); math.Abs(got-c.want) > 0.05 {
			t.Errorf("at %.1f s the ambience is at %.2f dB, want %.1f", c.at, got, c.want)
		}
	}
	if len(quiet().Score(tl, loud).beds[0].sound.(*bed).spoken) != 0 {
		t.Error("ambience makes room for words nobody speaks")
	}
	tl.Voice = "browser"
	for bank, b := range map[string]*Bank{"silent": quiet(), "speaking": b} {
		s := b.Score(tl, loud)
		if got, want := s.beds[0].sound.(*bed).spoken, (span{20 * Rate, 30 * Rate}); len(got) != 1 || got[0] != want {
			t.Errorf("%s: for words the browser speaks ambience makes room at %v, want %v", bank, got, want)
		}
		if len(s.notes) > 0 {
			t.Errorf("%s: the browser's words are spoken here as well", bank)
		}
	}
	if len(quiet().Score(tl, Mix{Ambience: 100}).beds[0].sound.(*bed).spoken) != 0 {
		t.Error("ambience makes room for a voice that is turned off")
	}
}

func TestRenderingAllocatesNothing(t *testing.T) {
	s := speaking().Score(everything(), loud)
	stream, block := s.Stream(0), make([][2]float64, 480)
	if n := testing.AllocsPerRun(1000, func() { stream.Stream(block) }); n != 0 {
		t.Errorf("%v allocations a block", n)
	}
	track, bytes := s.Track(), make([]byte, 1920)
	track.Seek(headerSize, io.SeekStart)
	if n := testing.AllocsPerRun(1000, func() { track.Read(bytes) }); n != 0 {
		t.Errorf("%v allocations a read of the track", n)
	}
}

func TestFramesOfYears(t *testing.T) {
	for _, d := range []time.Duration{0, time.Millisecond, -time.Millisecond, 4 * time.Hour, 20000 * time.Hour} {
		if got := length(frames(d)); got != d {
			t.Errorf("%v comes back as %v", d, got)
		}
	}
}

func peakOf(frames [][2]float64) (most float64) {
	for _, f := range frames {
		most = max(most, math.Abs(f[0]), math.Abs(f[1]))
	}
	return most
}

func rmsOf(frames [][2]float64) float64 {
	sum := 0.0
	for _, f := range frames {
		sum += f[0]*f[0] + f[1]*f[1]
	}
	return math.Sqrt(sum / 2 / float64(len(frames)))
}
