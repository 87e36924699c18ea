package browser

import (
	"encoding/binary"
	"io"
	"math"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"
)

// tape keeps what an ear hears, sample by sample, and when that was.
type tape struct {
	mu      sync.Mutex
	samples []float32
	began   time.Time // of the first sample: no later than any came, as far as is known yet
}

func (t *tape) add(samples []float32) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.samples = append(t.samples, samples...)
	began := time.Now().Add(-playTime(len(t.samples)))
	if t.began.IsZero() || began.Before(t.began) {
		t.began = began
	}
}

// from is everything heard since an instant, and when its first sample came.
func (t *tape) from(at time.Time) ([]float32, time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	i := min(len(t.samples), max(0, int(at.Sub(t.began).Seconds()*rate)))
	return slices.Clone(t.samples[i:]), t.began.Add(playTime(i))
}

func playTime(samples int) time.Duration {
	return time.Duration(samples) * time.Second / rate
}

// levels is how loud each whole window of a length is, in dBFS.
func levels(samples []float32, window time.Duration) (dB []float64) {
	n := int(window.Seconds() * rate)
	for w := range slices.Chunk(samples[:len(samples)/n*n], n) {
		sum := 0.0
		for _, s := range w {
			sum += float64(s) * float64(s)
		}
		dB = append(dB, 10*math.Log10(sum/float64(len(w))+1e-12))
	}
	return dB
}

// thin is every sixth sample, each the middle of its neighbours: enough to tell where a sound is.
func thin(samples []float32) []float64 {
	const by = thinly
	out := make([]float64, len(samples)/by)
	for i := range out {
		for _, s := range samples[i*by : (i+1)*by] {
			out[i] += float64(s) / by
		}
	}
	return out
}

const thinly = 6

// lies is where in what was heard a piece of sound begins, in ms, looked for
// within a reach around a place, and how surely (1: it is that very sound).
func lies(heard, piece []float64, place, reach int) (ms, sure float64) {
	best, energy := -1, 0.0
	for _, p := range piece {
		energy += p * p
	}
	for at := max(0, place-reach); at <= min(len(heard)-len(piece), place+reach); at++ {
		var sum, loud float64
		for i, p := range piece {
			sum += p * heard[at+i]
			loud += heard[at+i] * heard[at+i]
		}
		if r := sum / math.Sqrt(loud*energy+1e-18); r > sure {
			best, sure = at, r
		}
	}
	return float64(best) * 1000 * thinly / rate, sure
}

// track is the sound of a window's session as the server makes it, thinned.
func (d *device) track(t testing.TB) []float64 {
	t.Helper()
	answer, err := http.Get(ask[string](d, "watch.seen.plays.findLast(({src}) => src.includes('track.wav')).src"))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	wav, err := io.ReadAll(answer.Body)
	if err != nil || len(wav) < 44 {
		t.Fatalf("the track: %d bytes, %v", len(wav), err)
	}
	mono := make([]float32, (len(wav)-44)/4)
	for i := range mono {
		left, right := binary.LittleEndian.Uint16(wav[44+4*i:]), binary.LittleEndian.Uint16(wav[46+4*i:])
		mono[i] = (float32(int16(left)) + float32(int16(right))) / 65536
	}
	return thin(mono)
}

// origin is when position 0 of the session was, or would have been, in ms since 1970.
func (d *device) origin() float64 {
	d.t.Helper()
	return ask[float64](d, "watch.at() - watch.room().position()")
}

// rains begins a session that is never silent in a window that sounds, without
// its bells, and waits until it is as loud as it will be.
func (d *device) rains() {
	d.t.Helper()
	d.soundHere()
	d.do("await watch.room().do('mix', {mix: {...watch.room().mix, bells: 0}})")
	d.press("Begin")
	d.playing()
	d.await("watch.sounding()")
	d.awaitWithin("watch.room().position() > 5500", 10*time.Second)
}

// listening is what is heard while something is done and for a while after.
func (e *ear) listening(before, after time.Duration, do func()) (heard []float32, from time.Time) {
	began := time.Now().Add(-before)
	do()
	time.Sleep(after) // real time is the measure here
	return e.tape.from(began)
}
