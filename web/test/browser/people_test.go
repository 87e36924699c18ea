package browser

import (
	"fmt"
	"strings"
	"testing"
)

// person is someone alone with one way of getting about.
type person struct {
	name string
	as   size
	// take does what is called so, and says what it took.
	take func(d *device, what string) effort
}

// effort is what it took to get somewhere.
type effort struct{ taps, tabs, presses int }

func (e effort) add(more effort) effort {
	return effort{e.taps + more.taps, e.tabs + more.tabs, e.presses + more.presses}
}

func (e effort) String() string {
	var parts []string
	for _, part := range []struct {
		n    int
		name string
	}{{e.taps, "taps"}, {e.presses, "presses"}, {e.tabs, "of Tab"}} {
		if part.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", part.n, part.name))
		}
	}
	return strings.Join(parts, ", ")
}

var people = []person{
	{"a finger", phone, func(d *device, what string) effort {
		d.press(what)
		return effort{taps: 1}
	}},
	{"a keyboard", phone, func(d *device, what string) effort {
		switch what {
		case "Pause", "Resume":
			d.thinksAgain()
			d.strike(space)
		case "Stop":
			d.strike(escape)
		default:
			tabs := d.tabTo(what)
			d.strike(enter)
			return effort{tabs: tabs, presses: 1}
		}
		return effort{presses: 1}
	}},
	{"a pedal", phone, func(d *device, what string) effort {
		return effort{presses: d.oneKey(what)}
	}},
}

// oneKey takes what is called so with a pedal's PageDown and nothing else.
func (d *device) oneKey(what string) int {
	d.t.Helper()
	d.await("watch.here().keys.also && performance.now() - (watch.seen.struck ?? -9999) > 700") // it has come, and nothing bounces
	switch state := ask[string](d, "watch.face() === 'session' ? watch.state() : ''"); {
	case state == "playing" && what == "Pause", state == "paused" && what == "Resume":
		d.pedal()
		return 1
	case state == "playing":
		d.pedal()
		d.await("watch.state() === 'paused'")
		d.pedal()
		return 2 + d.takeLit(what)
	case state == "paused":
		d.t.Fatal("a pause is behind us: the choices come with two presses of one that plays")
	}
	d.await(fmt.Sprintf("watch.find(%q)", what))
	d.pedal()
	return 1 + d.takeLit(what)
}

// takeLit waits until what is called so is lit, and takes it.
func (d *device) takeLit(what string) int {
	d.t.Helper()
	d.awaitWithin(fmt.Sprintf("document.querySelector('[data-lit]')?.innerText.trim().startsWith(%q)", what), 3*soon)
	d.await("performance.now() - watch.seen.struck > 700")
	d.pedal()
	return 1
}

func (d *device) pedal() {
	d.t.Helper()
	d.do("watch.seen.struck = performance.now()")
	d.strike(pageDown)
}

// The way of a person alone: from opening the page to a running session, a pause, going on, without
// a place, back to the room, and to silence.
func TestOnePersonOneWay(t *testing.T) {
	t.Parallel()
	for _, p := range people {
		t.Run(strings.ReplaceAll(p.name, " ", "-"), func(t *testing.T) {
			t.Parallel()
			d := newHouse(t).open(t, "/", p.as)
			var lines []string
			goes := func(name string, until string, way ...string) {
				t.Helper()
				var all effort
				for _, what := range way {
					all = all.add(p.take(d, what))
				}
				d.await(until)
				lines = append(lines, fmt.Sprintf("%-24s %s", name, all))
			}
			goes("to a running session", "watch.state() === 'playing' && watch.face() === 'session'", "Body scan", "Begin")
			d.sounds()
			goes("pause", "watch.state() === 'paused' && watch.silent()", "Pause")
			d.settle()
			d.thinksAgain()
			goes("go on", "watch.state() === 'playing'", "Resume")
			d.sounds()
			d.toPlace()
			was := ask[string](d, "watch.scan()")
			goes("skip this", fmt.Sprintf("watch.state() === 'playing' && watch.scan() !== %q", was), "Skip this")
			d.sounds()
			goes("come back to the room", "watch.room().session.kind === 'grounding' && watch.state() === 'playing'", "Come back")
			d.sounds()
			goes("stop", "watch.face() === 'after' && watch.silent()", "Stop")
			t.Logf("with %s:\n%s", p.name, strings.Join(lines, "\n"))
		})
	}
}

// toPlace goes to the first place of the body.
func (d *device) toPlace() {
	d.t.Helper()
	d.do("await watch.room().do('next')")
	d.await("watch.scan()")
	d.sounds()
}

// sounds waits until the session plays and this window sounds.
func (d *device) sounds() {
	d.t.Helper()
	d.playing()
	d.await("watch.sounding()")
}
