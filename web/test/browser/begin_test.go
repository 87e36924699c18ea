package browser

import (
	"fmt"
	"testing"
)

// From opening the page to a running session and its first sound: two taps.
func TestTwoTapsToTheFirstSound(t *testing.T) {
	t.Parallel()
	for _, way := range []string{"Body scan", "Breathing"} {
		t.Run(way, func(t *testing.T) {
			d := newHouse(t).open(t, "/", phone)
			d.press(way)
			d.await("watch.face() === 'before' && watch.find('Begin')")
			d.quietSoFar()
			d.press("Begin")
			d.firstSound()
			if n := ask[int](d, "watch.seen.presses.length"); n > 2 {
				t.Errorf("%d taps were needed", n)
			}
		})
	}
}

// The same with Tab and Enter alone.
func TestKeyboardToTheFirstSound(t *testing.T) {
	t.Parallel()
	d := newHouse(t).open(t, "/", desk)
	tabs := d.tabTo("Breathing")
	d.strike(enter)
	d.await("watch.face() === 'before' && watch.find('Begin')")
	tabs += d.tabTo("Begin")
	d.quietSoFar()
	d.strike(enter)
	d.firstSound()
	t.Logf("two presses of Enter and %d of Tab", tabs)
}

// A breath that is in no list begins from its address, and is the last thing done like any other.
func TestABreathFromItsAddress(t *testing.T) {
	t.Parallel()
	d := newHouse(t).open(t, "/#before/breathe:extend_4_6 for 5 min", phone)
	d.sees("A paced breath")
	d.do("watch.here().wishes.keep({voice: 'words'})") // nothing to wait for
	d.press("Begin")
	d.playing()
	d.press("Stop")
	d.press("Done")
	d.press("Last time here")
	d.await("watch.find('Begin')")
}

// Nobody is asked how they are before a session unless they wished to be.
func TestACheckInWhereItIsWanted(t *testing.T) {
	t.Parallel()
	d := newHouse(t).open(t, "/#before/quick-words", phone)
	d.await("watch.find('Begin')")
	d.settle()
	if ask[bool](d, "!!document.querySelector('check-in button')") {
		t.Error("somebody is asked who never wished for it")
	}
	d.do(`const asked = await fetch('/api/journal', {method: 'PUT', headers: {'Content-Type': 'application/json'}, body: '{"on":true,"checkIn":"before"}'});
		if (!asked.ok) throw new Error(await asked.text())`)
	d.visit("/")
	d.visit("/#before/quick-words")
	d.await("document.querySelector('check-in button')")
	d.press("Begin")
	d.playing()
}

// quietSoFar checks that nothing has sounded in this window.
func (d *device) quietSoFar() {
	d.t.Helper()
	if n := ask[int](d, "watch.seen.plays.length"); n != 0 {
		d.t.Errorf("%d sounds were begun before Begin", n)
	}
}

// firstSound waits until the session plays and this window sounds.
func (d *device) firstSound() {
	d.t.Helper()
	d.playing()
	d.await("watch.sounding()")
}

// tabTo goes on with Tab until what is called so has the focus.
func (d *device) tabTo(name string) int {
	d.t.Helper()
	d.await(fmt.Sprintf("watch.find(%q)", name))
	for n := 1; n <= 60; n++ {
		d.strike(tab)
		if ask[bool](d, fmt.Sprintf("document.activeElement === watch.find(%q)", name)) {
			return n
		}
	}
	d.t.Fatalf("Tab never comes to %s", name)
	return 0
}
