package browser

import (
	_ "embed"
	"math"
	"strings"
	"testing"
	"time"
)

//go:embed testdata/reader.js
var reader string

const (
	minute   = time.Minute
	apartSay = 20_000.0 // ms between two things a screen reader is told
	withIt   = 200.0    // ms between a sound and its words on the page
)

// A minute with short sections, words and many breaths.
var busyMinute = "title: Busy minute\nlanguage: en\nkind: breathing\n" + strings.Repeat(`
# Arriving
You might look around slowly, and find something green. [3 fixed]
# Words
Perhaps there is something near, or something far. [2 fixed]
# Breath
[breathe starter_3_4, 2 times]
`, 4)

// told is what a screen reader was told, when (ms), and how urgently.
type told struct {
	At                float64
	Words, How, State string
}

// A real minute of two sessions. Whatever is sounded stands on the page at that
// time, and a screen reader is told something now and then, never each breath. A
// stop is told once, at once.
func TestAMinuteOfASession(t *testing.T) {
	t.Parallel()
	windows := map[string]*device{}
	for script, as := range map[string]size{"busy-minute": phone, "feet-first": desk} {
		h := newHouse(t)
		h.writes(t, "busy-minute", busyMinute)
		d := h.open(t, "/", as)
		windows[script] = d
		d.do("await watch.room().do('load', {script: '" + script + "'}); await watch.room().do('start')")
		d.await("watch.face() === 'session'")
		d.do(reader)
	}
	time.Sleep(minute) // real time is the measure here
	if names := ask[int](windows["busy-minute"], "watch.reader.told.length"); names < 2 {
		t.Errorf("of 12 sections a screen reader was told %d", names)
	}
	for script, d := range windows {
		d.checkTold()
		d.checkWords(script)
		d.checkStopTold()
	}
}

// checkTold checks how often a screen reader was told something in a running session.
func (d *device) checkTold() {
	d.t.Helper()
	heard := ask[[]told](d, "watch.reader.told")
	for i, each := range heard {
		lost := i > 0 && heard[i-1].Words == notConnected // on a machine that is short of breath: told at once, and so is what follows
		if i > 0 && !lost && each.Words != notConnected && each.At-heard[i-1].At < apartSay {
			d.t.Errorf("%q was told %.1f s after %q", each.Words, (each.At-heard[i-1].At)/1000, heard[i-1].Words)
		}
	}
}

// checkWords checks that what was sounded stood on the page when it was. A machine
// that is short of breath may be late with one; the usual one is in time.
func (d *device) checkWords(script string) {
	d.t.Helper()
	type shown struct {
		Words    string
		At, Late float64
	}
	all := ask[[]shown](d, `watch.reader.late(0, watch.room().position() - 1000, {inhale: 'In', exhale: 'Out, softly'})`)
	var away []float64
	for _, each := range all {
		away = append(away, math.Abs(each.Late))
		if math.Abs(each.Late) > withIt {
			d.t.Logf("%s: %q was on the page %.0f ms from its sound at %.1f s", script, each.Words, each.Late, each.At/1000)
		}
	}
	if len(all) < 3 {
		d.t.Fatalf("%s: in a minute %d sounds had words", script, len(all))
	}
	usual := percentile(away, 50)
	d.t.Logf("%s: %d sounds, their words usually %.0f ms away, at most %.0f", script, len(all), usual, percentile(away, 100))
	if usual > withIt {
		d.t.Errorf("%s: want at most %.0f ms", script, withIt)
	}
}

// checkStopTold stops, and checks that this is told once and with urgency.
func (d *device) checkStopTold() {
	d.t.Helper()
	d.do("watch.reader.told.length = 0")
	d.press("Stop")
	d.await("watch.face() === 'after'")
	d.staysQuiet()
	var stops []told
	for _, each := range ask[[]told](d, "watch.reader.told") {
		if each.How == "assertive" || each.Words == "It is quiet now." {
			stops = append(stops, each)
		}
	}
	if len(stops) != 1 || stops[0].How != "assertive" || stops[0].Words != "It is quiet now." {
		d.t.Errorf("after a stop a screen reader was told %+v", stops)
	}
}
