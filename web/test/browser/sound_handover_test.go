package browser

import (
	"slices"
	"testing"
	"time"
)

const (
	nothing = -80.0 // dBFS: digital silence, nearly
	between = 150 * time.Millisecond
	atMost  = 2 * time.Second
	twofold = 4.0 // dB above the usual: two of the same would be 6
	softly  = 9.0 // dB below the usual in the first 300 ms
)

// Another window takes the sound over: first there is silence, then it sounds, softly
// at first, and at no time do both.
func takingOverNeverSoundsTwice(t *testing.T) {
	ear, browser := overheard(t)
	h := newHouse(t)
	one := h.openIn(t, browser, "/#before/quick-rain", desk)
	one.rains()
	other := h.openIn(t, browser, "/", desk)
	other.playing()
	other.pressDown(spot{5, 5}) // a tap, by which a window may sound
	other.pressUp(spot{5, 5})
	for _, d := range []*device{other, one} {
		heard, _ := ear.listening(400*time.Millisecond, 5*time.Second, func() {
			d.do("await watch.here().sound.choose('me')")
			if from := ask[string](d, "watch.here().sound.from"); from != "me" {
				t.Errorf("while it changes over the page shows %q", from)
			}
		})
		d.await("watch.room().sound === watch.room().you.id")
		gap, then := longestSilence(levels(heard, grain))
		whole := levels(heard, 200*time.Millisecond)
		usual := percentile(slices.Clone(whole), 50)
		loudest := slices.Max(whole) - usual
		t.Logf("%v of silence between the two, never more than %+.1f dB of the usual", gap, loudest)
		if gap < between || gap > atMost {
			t.Errorf("%v of silence, want %v to %v", gap, between, atMost)
		}
		if loudest > twofold {
			t.Error("it sounded twice")
		}
		if first := slices.Max(levels(heard[then:then+300*rate/1000], 100*time.Millisecond)); first > usual-softly {
			t.Errorf("it comes back within 300 ms at %+.1f dB of the usual", first-usual)
		}
		if last := levels(heard[len(heard)-rate/2:], 500*time.Millisecond)[0]; last < usual-unlike {
			t.Errorf("at the end it is %.1f dB of the usual", last-usual)
		}
	}
}

// longestSilence is the longest time in which nothing at all was heard, and the sample
// at which that was over.
func longestSilence(grains []float64) (long time.Duration, end int) {
	longest, run := 0, 0
	for i, dB := range grains {
		if run++; dB > nothing {
			run = 0
		}
		if run > longest {
			longest, end = run, i+1
		}
	}
	return time.Duration(longest) * grain, end * rate / int(time.Second/grain)
}
