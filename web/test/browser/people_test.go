package browser

import (
	"fmt"
	"strings"
	"testing"
	"time"
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
	d.await("performance.now() - (watch.seen.struck ?? -9999) > 700")
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
				d.awaitWithin(until, 4*soon) // a voice is made ready first
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

// sounds waits until the session plays and this window sounds it as it is now.
func (d *device) sounds() {
	d.t.Helper()
	d.playing()
	d.await(`watch.sounding() && watch.seen.plays.some(({src}) => {
		const {session, rev} = watch.room().timeline;
		return src.includes(session) && src.includes('rev=' + rev + '&');
	})`)
}

// However often and fast a foot strikes in a fright, the session stays paused.
func TestAFrightenedFootTakesNothing(t *testing.T) {
	t.Parallel()
	d := newHouse(t).open(t, "/", phone)
	d.running("quick-body")
	d.await("watch.here().keys.also")
	for range 12 {
		d.pedal()
		time.Sleep(150 * time.Millisecond) // a foot's own time
	}
	if state := ask[string](d, "watch.state()"); state != "paused" {
		t.Errorf("after twelve strikes it is %s", state)
	}
	if lit := ask[string](d, "document.querySelector('[data-lit]')?.innerText ?? ''"); lit == "" {
		t.Error("the choices did not come")
	}
	d.strike(escape)
	d.await("watch.face() === 'after' && !document.querySelector('[data-lit]')")
}

// One long press brings the choices too: two quick ones are not for every foot.
func TestLongPressBringsTheChoices(t *testing.T) {
	t.Parallel()
	d := newHouse(t).open(t, "/", phone)
	d.running("quick-body")
	d.await("watch.here().keys.also")
	d.keyDown(pageDown, false)
	d.await("watch.state() === 'paused'")
	d.keyDown(pageDown, true)
	if ask[bool](d, "!!document.querySelector('[data-lit]')") {
		t.Error("the choices came at once")
	}
	d.await("watch.room().now() - watch.room().haltedAt > 1050")
	d.keyDown(pageDown, true)
	d.await("document.querySelector('[data-lit]')")
	d.keyUp(pageDown)
	if took := d.takeLit("Stop"); took != 1 {
		t.Errorf("%d presses", took)
	}
	d.await("watch.face() === 'after'")
}

// Where a session waits for somebody, one key goes on as well.
func TestOneKeyGoesOnFromAWait(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.writes(t, "quick-wait", "title: Quick wait\nlanguage: en\nkind: grounding\n\n# Here\n[bell]\n[rest 1 fixed]\n[wait]\nAnd on, when you like. [120 fixed]\n")
	d := h.open(t, "/", phone)
	d.running("quick-wait")
	d.await("watch.here().keys.also && watch.reads('Waiting here. There is no hurry.')")
	d.pedal()
	d.await("watch.state() === 'paused'")
	d.pedal()
	d.takeLit("Go on")
	d.awaitWithin("watch.state() === 'playing' && watch.reads('And on, when you like.')", 2*soon)
}

// A page that is to be read keeps its Page Down.
func TestPagesKeepPageDown(t *testing.T) {
	t.Parallel()
	d := newHouse(t).open(t, "/#settings", small)
	d.await("watch.here().keys.also && watch.face() === 'settings' && document.documentElement.scrollHeight > 2 * innerHeight")
	d.strike(pageDown)
	d.await("scrollY > 100")
	if ask[bool](d, "!!document.querySelector('[data-lit]')") {
		t.Error("something is lit")
	}
}

// What one key began ends with a touch, with Tab, and by itself; then it is plainly paused.
func TestChoicesEnd(t *testing.T) {
	t.Parallel()
	d := newHouse(t).open(t, "/", desk)
	d.running("quick-breath")
	d.await("watch.here().keys.also")
	d.pedal()
	d.await("watch.state() === 'paused'")
	for name, end := range map[string]func(){
		"a touch": func() { d.pressDown(spot{X: 640, Y: 20}); d.pressUp(spot{X: 640, Y: 20}) },
		"Tab":     func() { d.strike(tab) },
		"nothing": func() {},
	} {
		d.do("watch.room().haltedAt = watch.room().now()") // as if it had been paused just now
		d.pedal()
		d.await("watch.reads('Come back to the room') && document.querySelector('[data-lit]')")
		if said := ask[string](d, "[...document.querySelectorAll('[role=status]')].map((region) => region.textContent.trim()).join('|')"); !strings.Contains(said, "Go on") {
			t.Errorf("a screen reader was told %q", said)
		}
		end()
		d.awaitWithin("!document.querySelector('[data-lit]') && watch.reads('Paused. Take all the time you like.')", 6*soon)
		if state := ask[string](d, "watch.state()"); state != "paused" {
			t.Errorf("after %s it is %s", name, state)
		}
	}
}

// Sound only: black, and still there for a finger. Anywhere pauses but the corner that stops;
// what comes up takes no second tap before it can be seen.
func TestSoundOnly(t *testing.T) {
	t.Parallel()
	d := newHouse(t).open(t, "/", phone)
	d.do("watch.here().wishes.keep({theme: 'sound'})")
	d.running("quick-body")
	d.await("watch.dark()")
	tool := ask[spot](d, "(({left, top, width, height}) => ({X: left + width / 2, Y: top + height / 2}))(watch.box(watch.find('Skip this')))")
	for _, at := range []spot{{195, 40}, tool, {100, 600}} {
		d.pressDown(at)
		d.pressUp(at)
		d.await("watch.state() === 'paused'")
		d.settle()
		d.pressDown(tool)
		d.pressUp(tool)
		d.await("watch.reads('Paused. Take all the time you like.') && getComputedStyle(document.querySelector('.stage')).opacity > 0.99")
		if edits := ask[int](d, "watch.scan().length"); edits == 0 {
			t.Fatalf("a second tap, on what could not be seen yet, skipped the place (%v)", at)
		}
		d.thinksAgain()
		d.do("document.activeElement?.blur(); await watch.room().do('resume')")
		d.playing()
		d.await("watch.dark()")
	}
	corner := d.stop(phone)
	at := spot{corner.Left + corner.Width/2, corner.Top + corner.Height/2}
	d.pressDown(at)
	d.await("watch.face() === 'after'")
}
