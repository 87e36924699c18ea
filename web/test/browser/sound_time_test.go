package browser

import (
	"math"
	"slices"
	"testing"
	"time"
)

const (
	stroke   = 150 * rate / 1000 / thinly // of a cue, enough to know it by
	reach    = 400 * rate / 1000 / thinly // around its place in which it is looked for
	settled  = 6 * time.Second            // after which the rain is as loud as it will be
	lookAt   = time.Second                // between two looks at the room's clock
	quickest = 20 * time.Second
)

// heardCue is how a cue came: by how much later than its place in the session, in
// ms, and how surely it was that cue.
type heardCue struct{ late, sure float64 }

// cuesHeard lets a session rain for a while and says how late each of its bells
// was heard, by way of Chromium and PulseAudio, against the room's own time.
func cuesHeard(t testing.TB, lasts time.Duration) (all []heardCue) {
	ear, browser := overheard(t)
	d := newHouse(t).openIn(t, browser, "/#before/quick-rain", desk)
	d.soundHere()
	d.press("Begin")
	d.playing()
	origins := map[int]float64{} // by the second of the session
	for began := time.Now(); time.Since(began) < lasts; time.Sleep(lookAt) {
		origins[int(time.Since(began).Seconds())] = d.origin()
	}
	heard, from := ear.tape.from(time.UnixMicro(int64(1000 * d.origin())))
	wet, track := thin(heard), d.track(t)
	for _, at := range ask[[]float64](d, "watch.room().timeline.cues.filter(({kind}) => kind === 'bell').map(({at}) => at)") {
		second := int(at / 1000)
		for ; origins[second] == 0 && second > 0; second-- {
		}
		if at < float64(settled.Milliseconds()) || origins[second] == 0 || at > float64(lasts.Milliseconds())-1000 {
			continue
		}
		place := origins[second] + at - float64(from.UnixMicro())/1000 // in what was heard, ms
		begins := int(at * rate / 1000 / thinly)
		ms, sure := lies(wet, track[begins:begins+stroke], int(place*rate/1000/thinly), reach)
		all = append(all, heardCue{ms - place, sure})
	}
	return all
}

// offPlace is how far each cue was heard from its place, the way to the ear and all, in ms.
func offPlace(t testing.TB, all []heardCue) (late []float64) {
	t.Helper()
	for _, c := range all {
		if c.sure >= itself {
			late = append(late, c.late)
		}
	}
	if len(late)*10 < len(all)*8 || len(late) == 0 {
		t.Fatalf("of %d cues only %d were heard for sure", len(all), len(late))
	}
	t.Logf("%d of %d cues heard for sure, %.1f to %.1f ms after their place", len(late), len(all), slices.Min(late), slices.Max(late))
	for i, ms := range late {
		late[i] = math.Abs(ms)
	}
	return late
}

// What is heard keeps time with the room. A machine that is short of breath may
// drop sound for an instant, and it is brought back in a few seconds: so it is
// the usual cue that is looked at here, and every one in the benchmark below.
func cuesAreHeardInTheirPlaces(t *testing.T) {
	if usual := percentile(offPlace(t, cuesHeard(t, quickest)), 50); usual > apart {
		t.Errorf("cues are usually %.1f ms off, want at most %.0f", usual, apart)
	}
}

// The same for five minutes: -bench FiveMinutes -benchtime 1x
func BenchmarkFiveMinutes(b *testing.B) {
	for b.Loop() {
		off := offPlace(b, cuesHeard(b, 5*time.Minute))
		b.ReportMetric(percentile(off, 50), "p50-ms")
		b.ReportMetric(percentile(off, 95), "p95-ms")
		b.ReportMetric(percentile(off, 100), "max-ms")
	}
	b.ReportMetric(0, "ns/op") // five minutes are five minutes
}

// In the second before a beginning there is a sound too soft to be heard, by which
// a sleeping loudspeaker wakes, and it comes softly.
func aLoudspeakerIsWoken(t *testing.T) {
	ear, browser := overheard(t)
	d := newHouse(t).openIn(t, browser, "/#before/quick-rain", desk)
	d.soundHere()
	d.press("Begin")
	d.playing()
	heard, from := ear.tape.from(time.UnixMicro(int64(1000 * (d.origin() - 1900))))
	begins := time.UnixMicro(int64(1000 * d.origin())).Sub(from)
	at := func(before time.Duration) int { return int((begins - before).Seconds() * rate) }
	early, late := levels(heard[:at(1400*time.Millisecond)], grain), levels(heard[at(700*time.Millisecond):at(100*time.Millisecond)], 100*time.Millisecond)
	t.Logf("up to %.1f dBFS first, then %.1f to %.1f", slices.Max(early), slices.Min(late), slices.Max(late))
	if slices.Max(early) > nothing {
		t.Error("it comes too early")
	}
	if slices.Min(late) < -72 || slices.Max(late) > -62 {
		t.Error("want about -66 dBFS")
	}
}

// How long a pause that is asked for in one window takes until another, which
// sounds, is silent at the sound server. Twenty tries: -bench PauseElsewhere -benchtime 20x
func BenchmarkPauseElsewhere(b *testing.B) {
	ear, browser := overheard(b)
	h := newHouse(b)
	sounds, other := h.openIn(b, browser, "/#before/quick-rain", phone), h.openIn(b, browser, "/", phone)
	sounds.rains()
	other.playing()
	var tries []float64
	for b.Loop() {
		tries = append(tries, pausedElsewhere(b, ear, sounds, other))
	}
	b.ReportMetric(0, "ns/op") // the lead-ins between the tries say nothing
	b.ReportMetric(percentile(tries, 50), "p50-ms")
	b.ReportMetric(percentile(tries, 95), "p95-ms")
	b.ReportMetric(percentile(tries, 100), "max-ms")
}

// A pause asked for in one window silences the other that sounds.
func aPauseElsewhereIsHeard(t *testing.T) {
	ear, browser := overheard(t)
	h := newHouse(t)
	sounds, other := h.openIn(t, browser, "/#before/quick-rain", phone), h.openIn(t, browser, "/", phone)
	sounds.rains()
	other.playing()
	ms := pausedElsewhere(t, ear, sounds, other)
	t.Logf("silent %.0f ms after the press in another window", ms)
	if ms > 500 {
		t.Error("that is too long")
	}
}

// pausedElsewhere presses a key in one window and says how long the other was
// heard after it, in ms. Then the session goes on.
func pausedElsewhere(t testing.TB, ear *ear, sounds, other *device) float64 {
	t.Helper()
	heard, from := ear.listening(100*time.Millisecond, 600*time.Millisecond, func() { other.strike(space) })
	pressed := ask[float64](other, "watch.seen.presses.findLast(({type}) => type === 'keydown').at")
	last := from.Add(lastAbove(heard, silence))
	if lastAbove(heard, silence) == 0 {
		t.Fatal("it was silent before the pause")
	}
	other.do("await watch.room().do('resume')")
	sounds.playing()
	sounds.await("watch.sounding()")
	time.Sleep(300 * time.Millisecond) // until it is loud again
	return float64(last.Sub(time.UnixMicro(int64(pressed*1000))).Microseconds()) / 1000
}
