package browser

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

const (
	word     = -45.0 // dBFS: surely spoken
	wordsIn  = 250 * time.Millisecond
	hushedIn = 250 * time.Millisecond
)

// speaking is a browser with a voice of its own, at the ear's sound server.
func speaking(t *testing.T, ear *ear) context.Context {
	t.Helper()
	if _, err := exec.LookPath("speech-dispatcher"); err != nil {
		missing(t, "speech-dispatcher")
	}
	folder, err := os.MkdirTemp("", "speech") // a socket's path has to be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	socket := filepath.Join(folder, "socket")
	background(t, folder, "env", "PULSE_SERVER="+ear.server, "speech-dispatcher", "--run-single", "--timeout", "0",
		"--communication-method", "unix_socket", "--socket-path", socket, "--pid-file", filepath.Join(folder, "pid"), "--log-dir", folder)
	for began := time.Now(); ; time.Sleep(lookEach) {
		if _, err := os.Stat(socket); err == nil {
			break
		}
		if time.Since(began) > soon {
			t.Fatal("speech-dispatcher does not start")
		}
	}
	browser, end, err := startChromium("PULSE_SERVER="+ear.server, "SPEECHD_ADDRESS=unix_socket:"+socket, "--enable-speech-dispatcher")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(end)
	return browser
}

// says begins a session of short lines in the browser's own voice.
func (d *device) says() {
	d.t.Helper()
	d.pressDown(spot{5, 5}) // a tap, by which a window may sound
	d.pressUp(spot{5, 5})
	d.do("await watch.here().sound.choose('me')")
	d.do("await watch.room().do('load', {script: 'quick-lines', settings: {voice: 'browser'}})")
	d.do("await watch.room().do('start')")
	d.playing()
}

// hasVoice asks the page whether this browser speaks a language.
func (d *device) hasVoice(language string) bool {
	d.t.Helper()
	return ask[bool](d, "import('/lib/voice.js').then(({hasVoice}) => hasVoice('"+language+"'))")
}

// The browser's own voice says the lines in their places, and a pause ends a
// line in its midst.
func theBrowserSpeaks(t *testing.T) {
	needChromium(t)
	ear := listen(t)
	d := newHouse(t).openIn(t, speaking(t, ear), "/", desk)
	d.await("speechSynthesis.getVoices().length") // speech-dispatcher has only just begun
	if !d.hasVoice("en") || d.hasVoice("zz") {
		t.Error("the page does not know which languages this browser speaks")
	}
	d.says()
	began, origin := time.Now(), d.origin()
	d.awaitWithin("watch.room().position() > watch.room().timeline.cues[1].at + 1000", 40*time.Second)
	d.strike(space)
	pressed := ask[float64](d, "watch.seen.presses.findLast(({type}) => type === 'keydown').at")
	time.Sleep(2 * time.Second) // real time is the measure here
	heard, from := ear.tape.from(began)
	for _, at := range ask[[]float64](d, "watch.room().timeline.cues.slice(0, 2).map(({at}) => at)") {
		late := since(origin+at, from.Add(firstAbove(heard, word, time.UnixMicro(int64(1000*(origin+at-500))).Sub(from))))
		t.Logf("the line at %.0f ms is heard %v after its place", at, late)
		if late < -50*time.Millisecond || late > wordsIn {
			t.Errorf("want at most %v", wordsIn)
		}
	}
	silent := since(pressed, from.Add(lastAbove(heard, silence)))
	t.Logf("silent %v after the pause", silent)
	if silent > hushedIn {
		t.Errorf("it speaks for %v after the pause", silent)
	}
	if silent < 0 {
		t.Error("it did not speak any more when the pause came")
	}
}

// firstAbove is when what was heard is louder than a level for the first time
// from an instant on.
func firstAbove(heard []float32, level float64, from time.Duration) time.Duration {
	for i, dB := range levels(heard, grain) {
		if at := time.Duration(i) * grain; at >= from && dB > level {
			return at
		}
	}
	return time.Hour
}

// lastAbove is when what was heard was louder than a level for the last time.
func lastAbove(heard []float32, level float64) (at time.Duration) {
	for i, dB := range levels(heard, grain) {
		if dB > level {
			at = time.Duration(i+1) * grain
		}
	}
	return at
}

// In a browser that has no voice the session goes on, silent where words would
// be, and asks for nothing again and again.
func TestABrowserWithoutAVoice(t *testing.T) {
	t.Parallel()
	d := newHouse(t).open(t, "/", desk)
	d.do("SpeechSynthesis.prototype.getVoices = () => []") // where this one has some after all
	if d.hasVoice("en") {
		t.Error("the page believes in a voice that is not there")
	}
	d.do("window.asked = 0; const {speak} = speechSynthesis; SpeechSynthesis.prototype.speak = function (...of) { asked++; return speak.apply(this, of) }")
	d.says()
	d.awaitWithin("watch.room().position() > watch.room().timeline.cues[0].at + 1000", 10*time.Second)
	if n := ask[int](d, "asked"); n > 0 {
		t.Errorf("it was asked to speak %d times", n)
	}
	if state := ask[string](d, "watch.state()"); state != "playing" {
		t.Errorf("it is %s", state)
	}
}
