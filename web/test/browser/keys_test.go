package browser

import (
	"fmt"
	"testing"
)

// Keys belong to the whole window, whichever button has the focus.
func TestKeysWhereverTheFocusIs(t *testing.T) {
	t.Parallel()
	d := newHouse(t).open(t, "/", desk)
	d.running("quick-breath")
	for _, focus := range []string{"Easier", "More", "Pause", "Stop", ""} {
		d.focus(focus)
		d.strike(space)
		d.await("watch.state() === 'paused'")
		d.settle()
		if focus == "Pause" {
			focus = "Resume"
		}
		d.focus(focus)
		d.thinksAgain()
		d.strike(space)
		d.await("watch.state() === 'playing'")
	}
	for _, k := range []key{pageDown, keyB} {
		d.strike(k)
		d.await("watch.state() === 'paused'")
		d.settle()
		d.thinksAgain()
		d.strike(k)
		d.await("watch.state() === 'playing'")
	}
	d.focus("Pause")
	d.strike(escape)
	d.await("watch.state() === 'stopped' && watch.face() === 'after'")
}

// A key held down asks once.
func TestHeldKeyAsksOnce(t *testing.T) {
	t.Parallel()
	d := newHouse(t).open(t, "/", desk)
	d.running("quick-breath")
	d.keyDown(space, false)
	for range 6 {
		d.keyDown(space, true)
	}
	d.keyUp(space)
	d.await("watch.state() === 'paused'")
	d.settle()
	if state := ask[string](d, "watch.state()"); state != "paused" {
		t.Errorf("a held Space left the session %s", state)
	}
}

// Where somebody types, a space is a space; Esc stops even there.
func TestTypingIsNotPausing(t *testing.T) {
	t.Parallel()
	d := newHouse(t).open(t, "/", desk)
	d.running("quick-breath")
	d.do(`const field = document.createElement('input');
		field.id = 'typing'; field.setAttribute('aria-label', 'typing');
		document.querySelector('main').append(field); field.focus()`)
	d.strike(space)
	d.strike(keyB)
	if typed := ask[string](d, "document.getElementById('typing').value"); typed != " b" {
		t.Errorf("typed %q, want a space and a b", typed)
	}
	if state := ask[string](d, "watch.state()"); state != "playing" {
		t.Errorf("typing left the session %s", state)
	}
	d.strike(escape)
	d.await("watch.face() === 'after'")
}

// focus gives the focus to what is called so, or to nothing.
func (d *device) focus(name string) {
	d.t.Helper()
	if name == "" {
		d.do("document.activeElement?.blur()")
		return
	}
	d.await(fmt.Sprintf("watch.find(%q)", name))
	d.do(fmt.Sprintf("watch.find(%q).focus()", name))
}

// thinksAgain waits until a resume is no longer taken for the second half of a
// startled double press.
func (d *device) thinksAgain() {
	d.t.Helper()
	d.await("watch.room().now() - watch.room().haltedAt > 600")
}

// TestStartledDoublePress: two quick presses are one pause.
func TestStartledDoublePress(t *testing.T) {
	t.Parallel()
	d := newHouse(t).open(t, "/", desk)
	d.running("quick-breath")
	d.strike(space)
	d.strike(space)
	d.thinksAgain()
	d.await("watch.state() === 'paused'")
}

// A key is taught by pressing it, is kept in this browser, and is forgotten again.
func TestKeysAreTaught(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	d := h.open(t, "/#keys", phone)
	d.await("watch.face() === 'keys' && watch.find('A key to stop')")
	d.strike(pageDown)
	d.sees("Page Down: pauses, and goes on")
	d.strike(keyF9)
	d.sees("F9: nothing yet")

	d.press("A key to stop")
	d.sees("Press the key you would like")
	for _, k := range []key{escape, tab} { // these stay what they are
		d.strike(k)
	}
	d.strike(keyF9)
	d.sees("F9: stops")
	d.press("A key to skip")
	d.strike(keyB)
	d.sees("B: skips this place")
	if kept := ask[string](d, "JSON.stringify(watch.here().wishes.kept.keys.learnt)"); kept != `{"F9":"stop","b":"next"}` {
		t.Errorf("kept %s", kept)
	}

	d.visit("/?again#keys")
	d.await("document.querySelectorAll('.keys li').length === 2")
	d.running("quick-body")
	d.await("watch.here().keys.also")
	d.do("watch.was = watch.room().timeline.rev")
	d.strike(keyB)
	d.await("watch.room().timeline.rev > watch.was")
	d.strike(keyF9)
	d.await("watch.face() === 'after'")

	d.do("watch.here().room.session && document.querySelector('after-face').done(); location.hash = 'keys'")
	d.await("watch.face() === 'keys' && document.querySelectorAll('.keys li').length === 2")
	d.do("document.querySelector('.keys li button').click()")
	d.await("document.querySelectorAll('.keys li').length === 1")
	d.strike(keyF9)
	d.sees("F9: nothing yet")
}

// Single letters can be turned off, and more of them on.
func TestLettersAreAChoice(t *testing.T) {
	t.Parallel()
	d := newHouse(t).open(t, "/#keys", desk)
	d.await("watch.find('More letters')")
	d.press("B and full stop pause")
	d.await("!watch.here().wishes.kept.keys.letters && !watch.find('More letters')")
	d.strike(keyB)
	d.sees("B: nothing yet")
	d.press("B and full stop pause")
	d.press("More letters")
	d.await("watch.here().wishes.kept.keys.more")
	d.running("quick-breath")
	d.await("watch.here().keys.also")
	d.do("watch.was = watch.room().timeline.rev")
	d.strike(key{"l", "KeyL", "l", 76})
	d.await("watch.room().timeline.rev > watch.was")
	d.strike(key{"g", "KeyG", "g", 71})
	d.await("watch.room().session.kind === 'grounding' && watch.room().session.aside")
}
