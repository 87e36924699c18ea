package browser

import (
	"fmt"
	"testing"
	"time"
)

// What lies before a client shows what the guide chooses and waits between two sessions,
// and whatever becomes of it gets no brighter or darker within less than a second.
func TestADisplayNeverFlares(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for theme, as := range map[string]size{"dusk": phone, "day": desk} {
		t.Run(theme, func(t *testing.T) {
			t.Parallel()
			h.makes(t, theme)
			guide := h.open(t, "/?room="+theme, small)
			display := h.open(t, "/?role=display&room="+theme, as)
			display.wear(theme)
			display.sees("Ready when you are.")
			f := display.films()
			guide.do("await watch.room().do('load', {script: 'quick-breath'}); await watch.room().do('start')")
			display.playing()
			for _, what := range []string{"session", "glow", "dark", "session", "dark"} {
				guide.do(fmt.Sprintf("await watch.room().do('show', {show: {what: %q, time: false}})", what))
				time.Sleep(3 * time.Second) // until it has come
			}
			guide.do("watch.room().stop()")
			display.sees("It is quiet now.")
			time.Sleep(3 * time.Second)
			f.check(t, theme)
		})
	}
}

// All of a display pauses but the corner that stops, in a glow and in the dark too; going
// on is asked of the guide, and there is no time on it unless that is wished for.
func TestADisplayPausesAnywhere(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.makes(t, "garden")
	guide := h.open(t, "/?room=garden", desk)
	display := h.open(t, "/?role=display&room=garden&name=Ana", phone)
	guide.do("await watch.room().do('load', {script: 'quick-breath'}); await watch.room().do('start')")
	for _, what := range []string{"session", "glow", "dark"} {
		guide.do(fmt.Sprintf("await watch.room().do('show', {show: {what: %q, time: %v}})", what, what == "glow"))
		display.playing()
		display.await(fmt.Sprintf("document.querySelector('main.session').dataset.show === %q", what))
		if timed := ask[bool](display, "document.querySelector('time-left') !== null"); timed != (what == "glow") {
			t.Errorf("in %s: time is there: %v", what, timed)
		}
		at := spot{X: 195, Y: 120}
		display.pressDown(at)
		display.pressUp(at)
		display.sees("Paused. It goes on when you agree.")
		guide.sees("Ana paused.")
		display.strike(space) // which goes on for others
		display.settle()
		if state := ask[string](guide, "watch.state()"); state != "paused" {
			t.Fatalf("a client's own key went on: %s", state)
		}
		guide.do("await watch.room().do('resume', {agreed: true})")
	}
	display.playing()
	corner := display.stop(phone)
	display.pressDown(spot{corner.Left + corner.Width/2, corner.Top + corner.Height/2})
	display.sees("It is quiet now.")
	guide.await("watch.state() === 'stopped' && watch.room().transport.needs")
}

// A server that ends leaves a display that waits, and one that begins again is found;
// there is no other page in between, and nothing white.
func TestADisplayWaitsForItsServer(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	display := h.open(t, "/?role=display", desk)
	display.alone = true
	display.kept()
	h.kill()
	display.sees("Looking for the room. There is nothing to do.")
	display.anew("gone")
	display.sees("Looking for the room. There is nothing to do.")
	h.again(t)
	display.awaitWithin("watch.reads('Ready when you are.')", rejoined)
}
