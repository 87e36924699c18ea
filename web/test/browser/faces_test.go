package browser

import (
	"fmt"
	"testing"
)

// face is a state of the window a person can be in, and the way there.
type face struct {
	name string
	open func(testing.TB, *house, size) *device
}

var faces = []face{
	{"home", func(t testing.TB, h *house, as size) *device { return h.open(t, "/", as) }},
	{"first", func(t testing.TB, h *house, as size) *device {
		d := h.open(t, "/", as)
		d.do("Object.defineProperty(watch.here().wishes, 'first', {value: true})") // also in another theme
		return d
	}},
	{"plan", func(t testing.TB, h *house, as size) *device {
		h.keeps(t, "plan.txt", "from: Maria\nnote: Any of it is fine, and so is none.\nfeet-first, three times a week\nlonger-exhale, when you like, 9 min\nfeet-fist\n")
		d := h.open(t, "/", as)
		d.do("watch.here().wishes.last = {script: 'hands-only', title: 'Just the hands'}; watch.here().wishes.meet()")
		d.press("Some lines")
		return d
	}},
	{"settings", func(t testing.TB, h *house, as size) *device {
		d := h.open(t, "/#settings", as)
		d.press("Left out")
		return d
	}},
	{"holds", func(t testing.TB, h *house, as size) *device {
		h.keeps(t, "scripts/quick-hold.txt", "title: Quick hold\nlanguage: en\nkind: breathing\n\n# Breath\n[breathe box_3, 20 times]\n")
		h.kill()
		h.again(t)
		d := h.open(t, "/#before/quick-hold", as)
		d.sees("This one includes holding the breath.")
		d.await("document.querySelector('.before')?.dataset.settled === 'true'")
		return d
	}},
	{"scripts", func(t testing.TB, h *house, as size) *device { return h.open(t, "/#scripts", as) }},
	{"before", func(t testing.TB, h *house, as size) *device {
		d := h.open(t, "/#before/feet-first", as)
		d.await("document.querySelector('.before')?.dataset.settled === 'true'")
		return d
	}},
	{"keys", func(t testing.TB, h *house, as size) *device {
		d := h.open(t, "/#keys", as)
		d.press("A key to skip")
		d.strike(keyB)
		d.sees("B: skips this place")
		return d
	}},
	{"choosing", func(t testing.TB, _ *house, as size) *device {
		d := newHouseWith(t, newComputerVoice(t).folder).open(t, "/#before/longer-exhale", as)
		d.press("Voice and sound")
		d.sees("Who speaks")
		d.do("watch.here().wishes.keep({night: {on: true, from: '21:00', to: '07:00'}}); document.querySelectorAll('.choosing details').forEach((each) => (each.open = true))")
		return d
	}},
	{"breathing", func(t testing.TB, h *house, as size) *device { return h.open(t, "/#breathing", as) }},
	{"own breath", func(t testing.TB, h *house, as size) *device {
		d := h.open(t, "/#breathing", as)
		d.sees("A breath of your own")
		d.do("document.querySelector('details.own').open = true; document.querySelector('details.own').scrollIntoView()")
		return d
	}},
	{"own pace", func(t testing.TB, h *house, as size) *device {
		d := h.open(t, "/#before/own-pace", as)
		d.sees("Tap as each breath in begins")
		d.do("document.querySelector('own-pace').scrollIntoView({block: 'center'})")
		return d
	}},
	{"finder", func(t testing.TB, h *house, as size) *device {
		d := h.open(t, "/", as)
		d.inWords("comfort-finder")
		d.toWait(1)
		return d
	}},
	{"waiting", func(t testing.TB, h *house, as size) *device { return h.open(t, "/?role=guest", as) }},
	{"display-waiting", func(t testing.TB, h *house, as size) *device { return h.open(t, "/?role=display", as) }},
	{"display", onDisplay("quick-body", "session")},
	{"display-breath", onDisplay("quick-breath", "session")},
	{"display-glow", onDisplay("quick-breath", "glow")},
	{"display-dark", onDisplay("quick-breath", "dark")},
	{"display-paused", func(t testing.TB, h *house, as size) *device {
		d := onDisplay("quick-breath", "dark")(t, h, as)
		d.press("Pause")
		d.sees("Paused. It goes on when you agree.")
		return d
	}},
	{"remote", func(t testing.TB, h *house, as size) *device {
		d := h.open(t, "/?role=remote", as)
		h.open(t, "/", as).running("quick-body")
		d.sees("Under way.")
		return d
	}},
	{"join", func(t testing.TB, _ *house, as size) *device {
		p := newPractice(t)
		d := p.stranger(t, p.secure, "/", as)
		d.sees("Six-digit number")
		return d
	}},
	{"joined", func(t testing.TB, _ *house, as size) *device {
		p := newPractice(t, "garden")
		d := p.stranger(t, p.secure, p.invites(p.open(t, "/", desk), "garden", "display").Link, as)
		d.sees("This is a display.")
		return d
	}},
	{"devices", func(t testing.TB, _ *house, as size) *device {
		p := newPractice(t, "garden")
		d := p.open(t, "/?room=garden", as)
		p.comesIn(d, p.secure, "garden", "display", desk)
		d.press("Devices")
		d.await("document.querySelector('device-row')")
		d.press("Display")
		d.do("document.querySelector('room-devices').scrollIntoView()")
		return d
	}},
	{"device-add", func(t testing.TB, _ *house, as size) *device {
		p := newPractice(t, "garden")
		d := p.open(t, "/?room=garden", as)
		d.press("Devices")
		d.press("Add a device")
		d.press("Remote")
		d.await("document.querySelector('.code')?.complete")
		d.do("document.querySelector('room-devices').scrollIntoView()")
		return d
	}},
	{"body", inSession("quick-body")},
	{"breath", inSession("quick-breath")},
	{"words", inSession("quick-words")},
	{"paused", func(t testing.TB, h *house, as size) *device {
		d := inSession("quick-body")(t, h, as)
		d.press("Pause")
		d.sees("Paused. Take all the time you like.")
		return d
	}},
	{"agreement", func(t testing.TB, h *house, as size) *device {
		d := inSession("quick-breath")(t, h, as)
		guest := h.open(t, "/?role=guest&name=Ana", phone)
		guest.playing()
		guest.press("Pause")
		d.sees("Ana paused. Go on when they agree.")
		return d
	}},
	{"after", func(t testing.TB, h *house, as size) *device {
		d := inSession("quick-body")(t, h, as)
		d.press("Stop")
		d.await("watch.face() === 'after'")
		return d
	}},
	{"lost", func(t testing.TB, h *house, as size) *device {
		d := inSession("quick-body")(t, h, as)
		d.alone = true
		d.kept()
		h.kill()
		d.sees(notConnected)
		return d
	}},
	{"apart", func(t testing.TB, h *house, as size) *device {
		d := inSession("quick-breath")(t, h, as)
		d.alone = true
		d.kept()
		h.kill()
		h.again(t)
		d.awaitWithin("watch.reads('Stillpoint was started anew')", rejoined)
		return d
	}},
	{"gone", func(t testing.TB, h *house, as size) *device {
		d := h.open(t, "/", as)
		d.alone = true
		d.kept()
		h.kill()
		d.anew("gone")
		d.sees("Perhaps find one colour.")
		return d
	}},
	{"noting", func(t testing.TB, h *house, as size) *device {
		h.turnOn(t)
		d := inSession("quick-body")(t, h, as)
		d.press("Stop")
		d.press("Note how it is")
		d.press("4")
		d.await("document.querySelector('check-in-form .where')")
		d.do("document.querySelectorAll('check-in-form details').forEach((each) => (each.open = true))")
		d.do("const place = document.querySelector('select'); place.value = 'belly'; place.dispatchEvent(new Event('change'))")
		d.press("heavy")
		d.await("watch.find('Belly')")
		return d
	}},
	{"asked", func(t testing.TB, h *house, as size) *device {
		h.turnOn(t)
		d := h.open(t, "/#before/quick-words", as)
		d.press("Note how it is now, if you like")
		return d
	}},
	{"journal-off", func(t testing.TB, h *house, as size) *device { return h.open(t, "/#journal", as) }},
	{"journal", inJournal("", "Show more")},
	{"journal-pictures", inJournal("/pictures", "What was noted in the body")},
	{"journal-copy", inJournal("/share", "Make a file")},
	{"journal-keeping", inJournal("/keeping", "Bring entries in")},
	{"journal-entry", inJournal("/made-399", "Erase this entry")},
	{"rooms", func(t testing.TB, h *house, as size) *device {
		treating(t, h, as)
		h.makes(t, "quiet-room")
		d := h.open(t, "/#rooms", as)
		d.sees("under way")
		d.press("Change this room")
		return d
	}},
	{"room-before", func(t testing.TB, h *house, as size) *device {
		h.makes(t, "table")
		d := h.open(t, "/?room=table", as)
		d.await("document.querySelector('.room-before')?.dataset.settled === 'true'")
		d.press("What the client has")
		return d
	}},
	{"room", func(t testing.TB, h *house, as size) *device {
		d := treating(t, h, as)
		d.press("+ 1 min")
		d.await("watch.find('Fit the rest to the time')")
		d.onward()
		return d
	}},
	{"room-client", func(t testing.TB, h *house, as size) *device {
		d := treating(t, h, as)
		d.press("No screen for them")
		d.sees("What their screen shows")
		return d
	}},
	{"room-agreement", func(t testing.TB, h *house, as size) *device {
		d := treating(t, h, as)
		d.do("await watch.room().pause(true)")
		d.await("watch.find('The client agreed')")
		return d
	}},
	{"room-after", func(t testing.TB, h *house, as size) *device {
		d := treating(t, h, as)
		d.press("Stop")
		d.press("Save under a code name")
		return d
	}},
}

// inJournal is a part of a journal that holds something, and words that stand there.
func inJournal(part, words string) func(testing.TB, *house, size) *device {
	return func(t testing.TB, h *house, as size) *device {
		h.turnOn(t)
		h.fill(t, 400)
		d := h.open(t, "/#journal"+part, as)
		d.sees(words)
		return d
	}
}

// onDisplay is what lies before a client while a session runs.
func onDisplay(script, shows string) func(testing.TB, *house, size) *device {
	return func(t testing.TB, h *house, as size) *device {
		d := h.open(t, "/?role=display", as)
		guide := h.open(t, "/", desk)
		guide.running(script)
		guide.do(fmt.Sprintf("await watch.room().do('show', {show: {what: %q, time: false}})", shows))
		d.playing()
		d.await(fmt.Sprintf("watch.room().show.what === %q && document.querySelector('main.session').dataset.stirred === 'false'", shows))
		return d
	}
}

func inSession(script string) func(testing.TB, *house, size) *device {
	return func(t testing.TB, h *house, as size) *device {
		d := h.open(t, "/", as)
		d.running(script)
		return d
	}
}

// themes as they are kept, with what a person calls them.
var themes = []string{"dusk", "day", "low"}

// wear puts a theme on, as it looks once nothing fades any more.
func (d *device) wear(theme string) {
	d.t.Helper()
	d.do(fmt.Sprintf("watch.here().wishes.keep({theme: %q}); await document.fonts.ready", theme))
	d.await(`(() => {
		const fading = document.getAnimations().filter((a) => a instanceof CSSTransition);
		fading.forEach((a) => a.finish());
		const words = [...document.querySelectorAll('.said')].flatMap((said) => said.getAnimations());
		return fading.length + words.length === 0 && !document.querySelector('.leaving');
	})()`)
}

// Every face works without a word in the console, nothing the page's policy had
// to refuse, and nothing asked of any other machine. (A window checks the
// console and its requests whenever it is closed.)
func TestFacesAreClean(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	d := h.open(t, "/", desk)
	for _, hash := range []string{"#scripts", "#scripts/treatment", "#before/easy-starter", "#before/feet-first", "#%E0%A4%A", "#"} {
		d.do(fmt.Sprintf("location.hash = %q", hash))
		d.await("document.querySelector('h1')?.innerText")
	}
	for script := range quick {
		d.running(script)
		d.press("Pause")
		d.await("watch.state() === 'paused'")
		d.press("Stop")
		d.await("watch.face() === 'after'")
		d.press("Done")
		d.await("watch.face() === 'home'")
	}
	h.open(t, "/?role=guest", phone)
	h.open(t, "/?role=display", desk)
	if refused := ask[[]string](d, "watch.seen.refused"); len(refused) > 0 {
		t.Errorf("the page's policy refused %q", refused)
	}
}
