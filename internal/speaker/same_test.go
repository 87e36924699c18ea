package speaker

import (
	"encoding/binary"
	"io"
	"math"
	"slices"
	"testing"
	"time"

	"stillpoint/internal/audio"
	"stillpoint/internal/timeline"
	"stillpoint/internal/transport"
)

// What the speaker sounds is what the browser's track and a rendered file hold,
// frame for frame, to the rounding of 16 bits.
func TestTheSpeakerSoundsTheTrack(t *testing.T) {
	needsServer(t)
	t.Parallel()
	score := audio.NewBank().Score(&timeline.Timeline{Length: 6 * time.Second, Cues: []timeline.Cue{
		{Kind: timeline.Bell, Name: "bowl"},
		{Kind: timeline.Ambience, Name: "rain"},
		{Kind: timeline.Inhale, At: time.Second, Length: 2 * time.Second},
		{Kind: timeline.Exhale, At: 3 * time.Second, Length: 3 * time.Second}}}, audio.Even())
	body, err := io.ReadAll(score.Track())
	if err != nil {
		t.Fatal(err)
	}
	track := make([]float64, 0, score.Frames())
	for at := 44; at+4 <= len(body); at += 4 {
		track = append(track, float64(int16(binary.LittleEndian.Uint16(body[at:])))/(1<<15))
	}
	var live audio.Live
	play(t, "same", &live)
	rec := record(t, "same")
	time.Sleep(2 * time.Second) // until the recorder really records
	live.Follow(audio.Play{Score: score, State: transport.Playing, At: time.Now().Add(500 * time.Millisecond), Until: 6 * time.Second})
	time.Sleep(7 * time.Second)
	wave := rec.left()
	best, most := 0, -1
	for near := -48; near <= 48; near++ { // its beginning is too quiet to find to the frame by its loudness
		if n := alike(wave, track[:4*rate], loudFrom(wave, 1e-4)-loudFrom(track, 1e-4)+near); n > most {
			best, most = near, n
		}
	}
	begin := loudFrom(wave, 1e-4) - loudFrom(track, 1e-4) + best
	starved, others := 0, 0
	for at := 0; at < 4*rate; at += block {
		heard := wave[begin+at : begin+at+block]
		switch {
		case furthest(heard, track[at:at+block]) <= 1.0/(1<<15):
		case slices.Contains(heard, 0): // the device ran dry on a busy machine
			starved++
		default:
			others++
		}
	}
	t.Logf("of 400 blocks %d are alike, %d fell into a gap", 400-starved-others, starved)
	if others > 0 || starved > 40 {
		t.Errorf("%d blocks of 10 ms differ from the track, and %d were lost", others, starved)
	}
}

// alike is how many blocks of the track stand in wave from begin on.
func alike(wave, track []float64, begin int) (n int) {
	for at := 0; at+block <= len(track); at += block {
		if from := begin + at; from >= 0 && from+block <= len(wave) && furthest(wave[from:from+block], track[at:at+block]) <= 1.0/(1<<15) {
			n++
		}
	}
	return n
}

func furthest(a, b []float64) (most float64) {
	for i := range a {
		most = max(most, math.Abs(a[i]-b[i]))
	}
	return most
}
