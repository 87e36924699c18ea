package browser

import (
	"strconv"
	"testing"
	"time"
)

// toChoices pauses with a pedal and brings the choices of the pause.
func (d *device) toChoices() {
	d.t.Helper()
	d.await("watch.here().keys.also")
	d.pedal()
	d.await("watch.state() === 'paused'")
	d.pedal()
	d.await("document.querySelector('[data-lit]')")
}

// Without the room no place can be left out: it is not offered, and a press that was on
// its way as the line broke does not lead back into that place.
func TestSkipNeedsTheRoom(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	d := h.open(t, "/", phone)
	d.alone = true
	d.running("quick-body")
	d.await("watch.scan()")
	d.toChoices()
	d.do("globalThis.skip = [...document.querySelectorAll('session-choices button')].find((choice) => choice.innerText === 'Skip this')")
	h.kill()
	d.sees(notConnected)
	if ask[bool](d, "[...document.querySelectorAll('session-choices button')].some((choice) => choice.innerText === 'Skip this')") {
		t.Error("it is offered without the room")
	}
	d.do("skip.click()")
	time.Sleep(500 * time.Millisecond) // real time is the measure here
	if state := ask[string](d, "watch.state()"); state != "paused" {
		t.Errorf("the place was not left out, and the session is %s", state)
	}
}

// Going on from a wait by one key is over with the next thing that is asked, even where a
// window out of sight looks late.
func TestGoingOnFromAWaitIsOverWithTheNextPause(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.writes(t, "quick-wait", "title: Quick wait\nlanguage: en\nkind: grounding\n\n# Here\n[bell]\n[rest 1 fixed]\n[wait]\nAnd on, when you like. [120 fixed]\n")
	d := h.open(t, "/", phone)
	d.running("quick-wait")
	d.sees("Waiting here. There is no hurry.")
	d.toChoices()
	d.do(`const {setTimeout} = globalThis;
		globalThis.setTimeout = (then, ms, ...more) => ms === 250 ? (globalThis.looks ??= []).push(then) : setTimeout(then, ms, ...more)`)
	d.takeLit("Go on")
	d.await("globalThis.looks && watch.state() === 'playing'")
	d.do("await watch.room().pause(); await watch.room().do('resume')")
	d.sees("Waiting here. There is no hurry.")
	d.do("globalThis.looks.forEach((look) => look())")
	time.Sleep(time.Second) // real time is the measure here
	if why := ask[string](d, "watch.room().transport.why"); why != "resume" {
		t.Errorf("without anybody, what came last is %s", why)
	}
}

// Whoever has a finger, too, may take what a key has lit: the choice stays beneath it.
func TestAFingerTakesWhatAKeyLit(t *testing.T) {
	t.Parallel()
	for choice, done := range map[string]string{"Go on": "watch.state() === 'playing'", "Stop": "watch.state() === 'stopped'"} {
		d := newHouse(t).open(t, "/", phone)
		d.running("quick-breath")
		d.toChoices()
		d.tap(choice)
		d.await(done)
	}
}

// tap brings a finger down on a choice, and up again a moment later.
func (d *device) tap(choice string) {
	d.t.Helper()
	at := ask[spot](d, `(() => {
		const button = [...document.querySelectorAll('session-choices button')].find((each) => each.textContent.trim() === `+strconv.Quote(choice)+`);
		const { x, y, width, height } = button.getBoundingClientRect();
		return { x: x + width / 2, y: y + height / 2 };
	})()`)
	d.pressDown(at)
	d.pressUp(at)
}
