package browser

import (
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
)

const (
	rightAgain = 500 * time.Millisecond // from when it can be
	copied     = 30 * time.Second       // of a session of five minutes, on a machine that does other things as well
)

// kept waits until the page can do without its server.
func (d *device) kept() {
	d.t.Helper()
	d.awaitWithin("navigator.serviceWorker.controller && caches.keys().then((names) => Promise.all(names.filter((name) => name.startsWith('stillpoint.shell.')).map(async (name) => (await caches.open(name)).match('/shell.json')))).then((kept) => kept.some(Boolean))", copied)
}

// anew opens the page anew, and waits for a face.
func (d *device) anew(face string) {
	d.t.Helper()
	must(d, page.Reload, page.ReloadParams{})
	d.awaitWithin("globalThis.watch?.face() === '"+face+"' && document.querySelector('h1')?.innerText", 2*soon)
}

// A page opened without its server says so, has words to come back by, and finds
// the server by itself when it is there.
func TestAPageOpensWithoutItsServer(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	d := h.open(t, "/", phone)
	d.alone = true
	d.kept()
	h.kill()
	d.anew("gone")
	d.sees("Stillpoint is not running on this computer just now.")
	d.sees("You could press your feet or hands into something solid.")
	d.speak("de")
	d.sees("Du könntest Füße oder Hände gegen etwas Festes drücken.")
	h.again(t)
	d.awaitWithin("watch.face() === 'home' && watch.room().status === 'live'", rejoined)
	d.await("!watch.reads('is not running')")
}

// A page that is opened anew while its server is gone has the session still, paused
// where it was; it can be gone on with, paused and stopped, and then it is gone.
func TestASessionIsFoundWithoutItsServer(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	d := h.open(t, "/", phone)
	d.alone = true
	d.kept()
	d.running("quick-words")
	d.await("watch.room().position() > 1500")
	h.kill()
	before := ask[float64](d, "watch.room().position()")
	d.anew("session")
	d.sees("Paused. Take all the time you like.")
	if at := ask[float64](d, "watch.room().position()"); at < before || at > before+5000 {
		t.Errorf("it was at %.0f ms and is at %.0f", before, at)
	}
	d.press("Resume")
	d.playing()
	d.strike(space)
	d.await("watch.state() === 'paused'")
	d.press("Stop")
	d.await("watch.face() === 'after'")
	if kept := ask[[]string](d, "Object.keys(sessionStorage).filter((key) => key.startsWith('stillpoint.kept'))"); len(kept) != 0 {
		t.Errorf("after its end %q is kept of the session", kept)
	}
	d.anew("gone")
}

// The browser finds nothing that keeps Stillpoint from being installed; where it offers
// that, the settings have it, and nothing else shows it.
func TestItCanBeInstalled(t *testing.T) {
	t.Parallel()
	d := newHouse(t).open(t, "/", phone)
	d.kept()
	for _, e := range must(d, page.GetInstallabilityErrors, cdp.Empty{}).InstallabilityErrors {
		if e.ErrorID != "in-incognito" { // as every window of these tests is
			t.Errorf("not to be installed: %s %v", e.ErrorID, e.ErrorArguments)
		}
	}
	for _, e := range must(d, page.GetAppManifest, page.GetAppManifestParams{}).Errors {
		t.Errorf("the manifest: %s", e.Message)
	}
	d.do("const offer = new Event('beforeinstallprompt', {cancelable: true}); offer.prompt = async () => (globalThis.prompted = true); dispatchEvent(offer); globalThis.held = offer.defaultPrevented")
	if !ask[bool](d, "held && !watch.reads('Put Stillpoint on this device')") {
		t.Error("it is offered where nobody looked for it")
	}
	d.do("location.hash = '#settings'")
	d.press("Put Stillpoint on this device")
	d.await("globalThis.prompted && !watch.reads('Put Stillpoint on this device')")
}

// A server that was started anew does not know the session: it stays in this window,
// paused, says so, and can be gone on with and stopped.
func aServerThatDoesNotKnowTheSession(t *testing.T) {
	h := newHouse(t)
	d := h.open(t, "/", phone)
	d.alone = true
	d.running("quick-breath")
	h.kill()
	d.sees(notConnected)
	h.again(t)
	d.awaitWithin("watch.room().status === 'live'", rejoined)
	d.sees("Stillpoint was started anew. This session is kept in this window.")
	d.await("watch.state() === 'paused'")
	d.press("Resume")
	d.playing()
	d.await("!watch.reads('Stillpoint was started anew')")
	d.strike(escape)
	d.await("watch.face() === 'after'")
	d.press("Done")
	d.await("watch.face() === 'home'")
}

// A line that is cut is there again at once, and what was done meanwhile is known.
func aLineThatIsCut(t *testing.T) {
	h := newHouse(t)
	one, other := h.open(t, "/", phone), h.open(t, "/", desk)
	one.running("quick-breath")
	other.playing()
	var times []float64
	for range 3 {
		one.do("watch.seen.socket.close()")
		took := one.awaitWithin("watch.room().status === 'live' && watch.seen.socket.readyState === 1", 2*soon)
		t.Logf("there again after %v", took.Round(time.Millisecond))
		times = append(times, took.Seconds())
	}
	if usual := percentile(times, 50); usual > rightAgain.Seconds() { // a machine that is short of breath may be late once
		t.Errorf("there again after %.2f s, want at most %v", usual, rightAgain)
	}
	one.do("watch.seen.socket.close()")
	one.press("Pause")
	one.await("watch.state() === 'paused'")
	other.await("watch.state() === 'paused'")
}

// A window that was frozen has missed a pause. When it moves again, it is right.
func aWindowThatWasFrozen(t *testing.T) {
	h := newHouse(t)
	one, other := h.open(t, "/", phone), h.open(t, "/", desk)
	one.running("quick-breath")
	other.playing()
	must(one, page.SetWebLifecycleState, page.SetWebLifecycleStateParams{State: page.SetWebLifecycleStateStateFrozen})
	other.press("Pause")
	other.await("watch.state() === 'paused'")
	other.settle()
	time.Sleep(2 * time.Second) // frozen for a while
	must(one, page.SetWebLifecycleState, page.SetWebLifecycleStateParams{State: page.SetWebLifecycleStateStateActive})
	took := one.awaitWithin("watch.state() === 'paused' && watch.room().status === 'live'", soon)
	t.Logf("right again after %v", took.Round(time.Millisecond))
	if took > rightAgain {
		t.Errorf("right again after %v, want at most %v", took, rightAgain)
	}
	one.sees("Paused. Take all the time you like.")
	one.press("Stop")
	other.await("watch.face() === 'after'")
}

// A window that nobody sees has slow timers. A pause from elsewhere silences it, and
// when it is seen again, it is right.
func aWindowThatIsHidden(t *testing.T) {
	needChromium(t)
	own, end, err := startChromium()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(end)
	one := soundingWindow(t, own)
	other := one.house.open(t, "/", desk)
	other.playing()
	must(one, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: false}) // it would be seen for ever
	one.show(browser.WindowStateMinimized)
	one.await("document.visibilityState === 'hidden'")
	time.Sleep(2 * time.Second) // hidden for a while
	one.goesOnHidden()
	other.press("Pause")
	other.await("watch.state() === 'paused'")
	took := one.awaitWithin("watch.silent()", soon)
	t.Logf("silent after %v", took.Round(time.Millisecond))
	if took > rightAgain {
		t.Errorf("silent after %v, want at most %v", took, rightAgain)
	}
	one.show(browser.WindowStateNormal)
	one.await("document.visibilityState === 'visible'")
	if took := one.awaitWithin("watch.reads('Paused. Take all the time you like.')", soon); took > rightAgain {
		t.Errorf("right again after %v, want at most %v", took, rightAgain)
	}
}

// goesOnHidden checks that a hidden window sounds on, in its place.
func (d *device) goesOnHidden() {
	d.t.Helper()
	if !ask[bool](d, "watch.sounding()") {
		d.t.Error("it is silent where nobody sees it")
	}
}

// show minimises the browser's window, or brings it back.
func (d *device) show(as browser.WindowState) {
	d.t.Helper()
	window := must(d, browser.GetWindowForTarget, browser.GetWindowForTargetParams{})
	must(d, browser.SetWindowBounds, browser.SetWindowBoundsParams{WindowID: window.WindowID, Bounds: &browser.Bounds{WindowState: as}})
}
