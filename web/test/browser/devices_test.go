package browser

import (
	"strings"
	"testing"
	"time"
)

const cutWithin = time.Second // from a guide's press until a device that is put out hears nothing more

// A therapist lets a display in by a number, a remote by a link without encryption and a
// guest by a link; they follow, the client's screen sounds and holds the session until its client
// agrees, and each is moved, made another and put out from the list.
func TestDevicesOfAPractice(t *testing.T) {
	t.Parallel()
	p := newPractice(t, "garden", "attic")
	p.writes(t, "quick-treatment", quickTreatment)
	guide := p.open(t, "/?room=garden", desk)

	display := p.stranger(t, p.secure, "/", phone)
	display.sees("You might scan the picture on the guide’s screen")
	guide.press("Devices")
	guide.press("Add a device")
	guide.press("Display")
	guide.await("document.querySelector('.code')?.naturalWidth > 0")
	number := ask[string](guide, "document.querySelector('.number').innerText")
	display.press("Six-digit number")
	display.dials(strings.ReplaceAll(number, " ", ""))
	display.press("Join")
	display.sees("This is a display.")
	display.sees("garden")
	display.press("Go on")
	display.sees("Ready when you are.")
	guide.sees("It is here. You might give it a name.")
	guide.do("document.querySelector('#device-name').value = 'Tablet'")
	guide.press("Keep the name")
	guide.await("watch.find('Tablet')")

	display.press("This device may sound")
	display.sees("This device may sound, if the guide chooses it.")
	guide.press("Sound here")
	display.sees("The room sounds here.")

	remote := p.comesIn(guide, p.plain, "garden", "remote", phone)
	if at := ask[string](remote, "location.pathname + location.search + location.hash"); at != "/?role=remote" {
		t.Errorf("the remote is at %s", at)
	}
	guest := p.comesIn(guide, p.secure, "attic", "guest", phone)
	guest.sees("Ready when you are.")

	guide.do("await watch.room().do('load', {script: 'quick-treatment'}); await watch.room().do('start')")
	for _, d := range []*device{guide, display, remote} {
		d.playing()
	}
	if running := ask[string](guest, "watch.state()"); running != "" {
		t.Errorf("in another room it is %s", running)
	}
	for name, d := range map[string]*device{"display": display, "remote": remote} {
		if cues := ask[int](d, "watch.room().timeline.cues.filter(({kind}) => kind === 'guide').length"); cues > 0 {
			t.Errorf("the %s has %d private cues", name, cues)
		}
	}

	remote.press("Next")
	display.await("watch.reads('Hands, arms and shoulders') && watch.sounding()")
	remote.press("Pause")
	display.sees("Paused. Take all the time you like.")
	display.await("watch.silent()")
	guide.await("watch.find('Resume')")
	guide.press("Resume") // a remote is in the guide's own hand
	for _, d := range []*device{guide, display, remote} {
		d.playing()
	}
	display.press("Pause")
	display.sees("Paused. It goes on when you agree.")
	guide.sees("Tablet paused.")
	if code := ask[string](guide, "watch.room().do('resume').then(() => 'done', ({code}) => code)"); code != "needs-agreement" {
		t.Errorf("without the client: %s", code)
	}
	guide.do("await watch.room().do('resume', {agreed: true})")
	display.playing()

	guide.do("watch.room().stop()")
	display.sees("It is quiet now.")
	guide.await("watch.face() === 'after'")
	managed(t, p, guide, display, guest)
}

// managed looks at what a guide may do with a device from the list: show its name, move
// it, make it another, and put it out.
func managed(t *testing.T, p *practice, guide, display, guest *device) {
	t.Helper()
	list := p.open(t, "/?room=garden", desk)
	list.await("watch.find('Devices')")
	list.press("Devices")
	list.press("Tablet")
	list.press("Show its name on it")
	display.await("document.querySelector('.called')?.innerText === 'Tablet' && Number(getComputedStyle(document.querySelector('.called')).opacity) > 0.9")

	list.do("const room = document.querySelector('device-row select'); room.value = 'attic'; room.dispatchEvent(new Event('change'))")
	display.await("watch.room()?.status === 'live' && watch.room().name === 'attic'")
	display.sees("Ready when you are.")
	list.await("!watch.find('Tablet')")

	attic := p.open(t, "/?room=attic", desk)
	attic.press("Devices")
	attic.press("Tablet")
	attic.do("[...document.querySelectorAll('device-row details[open] label')].find((label) => label.innerText.trim() === 'Remote').click()")
	display.await("location.search === '?role=remote' && watch.room()?.status === 'live' && watch.find('Next')")

	guest.do("watch.seen.socket.addEventListener('close', () => (window.name = watch.at()))") // which outlives the page
	began := ask[float64](attic, `fetch('/api/devices').then((answer) => answer.json()).then((all) => {
		const began = watch.at();
		return fetch('/api/devices/' + all.find(({role}) => role === 'guest').id, {method: 'DELETE'}).then(() => began);
	})`)
	guest.await("location.pathname === '/join'")
	took := time.Duration((ask[float64](guest, "Number(window.name)") - began) * float64(time.Millisecond))
	if took > cutWithin {
		t.Errorf("it took %v until a device that was put out was cut off", took)
	} else {
		t.Logf("a device that was put out was cut off after %v", took.Round(time.Millisecond))
	}
	guest.sees("This device is not in the room any more.")
}

// A link lets one device in, once, and nothing of it stays in the address.
func TestALinkIsForOne(t *testing.T) {
	t.Parallel()
	p := newPractice(t, "garden")
	guide := p.open(t, "/?room=garden", desk)
	link := p.invites(guide, "garden", "display").Link
	first := p.stranger(t, p.secure, link, phone)
	first.sees("This is a display.")
	if at := ask[string](first, "location.href"); strings.Contains(at, "#") {
		t.Errorf("the address says %s", at)
	}
	second := p.stranger(t, p.secure, link, phone)
	second.sees("That invitation is not open any more.")
	second.await("watch.find('Join')")
}

// While the network is on every face of a guide's says so; turned off there, nobody is in
// any more, and a display waits as it does for any lost line.
func TestTheNetworkIsTurnedOffWhereItIsSaid(t *testing.T) {
	t.Parallel()
	p := newPractice(t, "garden")
	guide := p.open(t, "/", phone)
	display := p.comesIn(guide, p.secure, "garden", "display", phone)
	display.alone = true
	for _, face := range []string{"", "rooms", "settings", "before/feet-first"} {
		guide.do("location.hash = '" + face + "'")
		guide.await("watch.reads('Devices in this Wi-Fi can join until') && watch.find('Turn it off')")
	}
	guide.do("location.hash = ''")
	guide.press("Turn it off")
	guide.await("!watch.reads('Devices in this Wi-Fi can join until')")
	display.sees("Looking for the room. There is nothing to do.")
	guide.do("location.hash = 'settings'")
	guide.press("Let devices join")
	guide.await("document.querySelector('network-banner').innerText.includes('Devices in this Wi-Fi can join until')")
}
