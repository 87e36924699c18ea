package browser

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// computerVoice is a program that speaks, as a computer may have one: any words are
// the same tone. The way out is a long time coming, until it is let through.
type computerVoice struct {
	t      testing.TB
	folder string
}

const computerSpeaks = `#!/bin/sh
case "$(/bin/cat)" in *"the way out"*) until [ -e %[1]s/through ]; do /bin/sleep 0.02; done ;; esac
for out; do :; done
/bin/cp %[1]s/tone.wav "$out"
`

func newComputerVoice(t testing.TB) computerVoice {
	t.Helper()
	v := computerVoice{t, t.TempDir()}
	v.write("tone.wav", tone())
	v.write("espeak-ng", fmt.Appendf(nil, computerSpeaks, v.folder))
	return v
}

func (v computerVoice) write(name string, content []byte) {
	v.t.Helper()
	if err := os.WriteFile(filepath.Join(v.folder, name), content, 0o700); err != nil {
		v.t.Fatal(err)
	}
}

// letThrough lets the program say everything.
func (v computerVoice) letThrough() { v.write("through", nil) }

// tone is a second of 220 Hz as WAV.
func tone() []byte {
	const rate = 22050
	var b bytes.Buffer
	b.WriteString("RIFF")
	binary.Write(&b, binary.LittleEndian, uint32(36+2*rate))
	b.WriteString("WAVEfmt ")
	for _, field := range []any{uint32(16), uint16(1), uint16(1), uint32(rate), uint32(2 * rate), uint16(2), uint16(16)} {
		binary.Write(&b, binary.LittleEndian, field)
	}
	b.WriteString("data")
	binary.Write(&b, binary.LittleEndian, uint32(2*rate))
	for i := range rate {
		binary.Write(&b, binary.LittleEndian, int16(6000*math.Sin(2*math.Pi*220*float64(i)/rate)))
	}
	return b.Bytes()
}

// A voice is heard before it is chosen, and its choice lasts; with none the words
// are on the screen.
func TestWhoSpeaks(t *testing.T) {
	t.Parallel()
	voice := newComputerVoice(t)
	voice.letThrough()
	d := newHouseWith(t, voice.folder).open(t, "/#before/quick-words", phone)
	d.sees("A voice: espeak-ng")
	d.quietSoFar()
	d.press("Voice and sound")
	d.press("Hear espeak-ng")
	d.await("watch.sounding() && watch.seen.plays.at(-1).src.endsWith('/api/voices/espeak-ng/sample.wav?language=en&voice=80&night=false')")
	d.strike(escape)
	d.await("watch.silent()")
	d.do(hostSounds)
	d.press("Hear espeak-ng")
	d.await(`JSON.stringify(asked) === '[["bell",{"voice":"espeak-ng","language":"en"}]]' && watch.silent()`)
	d.visit("/")
	d.visit("/#before/quick-words")
	d.press("Voice and sound")
	d.press("Words alone")
	d.sees("Words on the screen, no voice")
	d.visit("/")
	d.visit("/#before/quick-words")
	d.sees("Words on the screen, no voice")
	d.press("Begin")
	d.playing()
	if s := ask[string](d, "JSON.stringify(watch.room().session.settings)"); s != `{"anchor":"feet","textOnly":true}` {
		t.Errorf("the session has %s", s)
	}
	d.sees("You might look around slowly")
}

// hostSounds lets a window believe that the room sounds from the host, and keeps
// what it asks the room for.
const hostSounds = `globalThis.asked = [];
Object.assign(watch.room(), {host: true, sound: 'host', do: async (...all) => void asked.push(all)});
watch.here().wishes.show()`

// A voice that takes its time says how far it is. Begin waits for it, may be
// thought better of, and then is forgotten.
func TestBeginWaitsForTheVoice(t *testing.T) {
	t.Parallel()
	voice := newComputerVoice(t)
	d := newHouseWith(t, voice.folder).open(t, "/#before/quick-words", desk)
	d.sees("Making the voice ready")
	d.sees("0 of 1")
	d.press("A steady place")
	for name, think := range map[string]func(){
		"Cancel":                func() { d.press("Cancel") },
		"Esc":                   func() { d.strike(escape) },
		"another steady place":  func() { d.press("Hands") },
		"another, when it ends": func() { d.press("Sight") },
	} {
		d.press("Begin")
		d.sees("Beginning…")
		think()
		d.await("!watch.reads('Beginning…')")
		if face, state := ask[string](d, "watch.face()"), ask[string](d, "watch.state()"); face != "before" || state != "" {
			t.Errorf("after %s it is %q on the face %s", name, state, face)
		}
	}
	d.press("Begin")
	d.sees("Beginning…")
	voice.letThrough()
	d.playing()
	if n := ask[int](d, "watch.room().timeline.rev"); n > 2 {
		t.Errorf("it was loaded or started more than once: rev %d", n)
	}
	if s := ask[string](d, "watch.room().session.settings.voice"); s != "espeak-ng" {
		t.Errorf("%q speaks", s)
	}
}

const elsewhere = "title: Elsewhere\nlanguage: zz\nkind: grounding\n\n# Here\nZa zu. [60 fixed]\n"

// Where nobody speaks a language it is said before anything begins; where the
// browser alone does, it does.
func TestALanguageNobodySpeaks(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	if err := os.WriteFile(filepath.Join(h.data, "scripts", "elsewhere.txt"), []byte(elsewhere), 0o600); err != nil {
		t.Fatal(err)
	}
	h.kill()
	h.again(t)
	d := h.open(t, "/#before/elsewhere", desk)
	d.sees("Words on the screen; this browser has no voice for them")
	if ask[bool](d, "!!watch.find('This device’s own voice')") {
		t.Error("a voice is offered that is not there")
	}
	must(d, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: ownVoice})
	d.visit("/")
	d.visit("/#before/elsewhere")
	d.sees("This device’s own voice, as no other can speak these words")
	d.press("Voice and sound")
	d.press("Hear This device’s own voice")
	d.await("spoken.at(-1) === 'Za zu.'")
	d.press("Begin")
	d.playing()
	d.await("watch.room().session.settings.voice === 'browser' && spoken.length === 2")
}

// ownVoice gives a browser a voice for the language nobody speaks.
const ownVoice = `globalThis.spoken = [];
SpeechSynthesis.prototype.getVoices = () => [{lang: 'zz', name: 'Z', localService: true, default: true}];
SpeechSynthesis.prototype.speak = (utterance) => { spoken.push(utterance.text); setTimeout(() => { utterance.onstart?.(); utterance.onend?.(); }); };
globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } };`

// A session is made a file, or not after all, and the file comes by itself.
func TestTakeItHome(t *testing.T) {
	t.Parallel()
	d := newHouse(t).open(t, "/#before/feet-first", phone)
	folder := d.downloads()
	d.sees("A voice: Hazel")
	d.press("Take it home")
	d.press("MP3")
	d.sees("Making the file")
	d.press("Cancel")
	d.await("watch.find('MP3') && !watch.reads('Making the file')")
	d.do("location.hash = 'before/quick-words'")
	d.await("document.querySelector('h1')?.textContent === 'Quick words'") // what is pressed is that script's own
	d.press("WAV")
	d.awaitWithin("watch.reads('Quick words.wav is with your downloads.')", 20*time.Second)
	for began := time.Now(); ; time.Sleep(lookEach) {
		if file, err := os.Stat(filepath.Join(folder, "Quick words.wav")); err == nil {
			if file.Size() < 20_000_000 {
				t.Errorf("two minutes are %d bytes", file.Size())
			}
			break
		}
		if time.Since(began) > soon {
			t.Fatal("the file did not come")
		}
	}
}

// downloads is the folder into which this window's downloads come.
func (d *device) downloads() string {
	d.t.Helper()
	folder := d.t.TempDir()
	_, err := chromedp.CallBrowser(d.ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
		Behavior: browser.SetDownloadBehaviorBehaviorAllow, DownloadPath: folder, BrowserContextID: chromedp.FromContext(d.ctx).BrowserContextID,
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return folder
}

// How the breath sounds is the room's; the hours of the night are the person's,
// and act at once.
func TestHowItSounds(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	d := h.open(t, "/#before/longer-exhale", desk)
	d.press("Voice and sound")
	d.press("How the breath sounds")
	d.press("Like air")
	d.await("watch.room().mix.tone === 'air'")
	d.press("Count the seconds softly")
	d.await("watch.room().mix.count")
	d.press("Feel the breath")
	d.await("watch.here().wishes.kept.vibrate")
	d.press("How loud")
	d.do(`(() => {
		const clock = (hours) => new Date(Date.now() + hours * 3_600_000).toTimeString().slice(0, 5);
		watch.here().wishes.keep({night: {on: false, from: clock(-2), to: clock(2)}});
	})()`)
	d.press("Quieter at night")
	d.await("watch.room().mix.night && document.querySelectorAll('.hour input').length === 2")
	d.press("Quieter at night")
	d.await("!watch.room().mix.night")
	d.press("Quieter at night")
	d.await("watch.room().mix.night")
	d.do("await watch.room().do('mix', {mix: {...watch.room().mix, tone: 'warm', voice: 10}})")
	d.visit("/")
	d.visit("/#before/longer-exhale")
	d.await("watch.room().mix.tone === 'air' && watch.room().mix.voice === 80 && watch.room().mix.night")
}

// In a session one tap brings the sound here, and one lets it out where the
// browser keeps it back. A screen that may go dark says so.
func TestOneTapToSound(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	guide := h.open(t, "/", desk)
	guide.running("quick-body")
	guide.press("Sound here")
	guide.await("watch.room().sound === watch.room().you.id && watch.sounding()")
	guest := h.open(t, "/?role=guest", phone)
	must(guest, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: "delete Navigator.prototype.wakeLock"})
	guest.visit("/?role=guest")
	guest.playing()
	guest.sees("The screen may go dark; the sound goes on.")
	guest.press("Sound here")
	guest.await("watch.room().sound === watch.room().you.id && watch.sounding()")
	guide.await("watch.silent() && watch.find('Sound here')")

	other := h.open(t, "/?role=guest", phone)
	other.do("await watch.here().room.do('sound', {by: 'me'})") // without a tap
	other.await("watch.find('Let this window sound') && watch.here().sound.blocked")
	other.press("Let this window sound")
	other.await("watch.sounding() && !watch.find('Let this window sound')")
}
