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
