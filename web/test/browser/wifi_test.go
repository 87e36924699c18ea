package browser

import (
	"math"
	"testing"
	"time"
)

const away = 30 * time.Second // without Wi-Fi

// The Wi-Fi is gone for half a minute in the midst of a treatment, silently or at once.
// Every screen keeps its place; what is paused or stopped meanwhile is so there and then, and
// is honoured when the line is back; and a private cue is felt at its moment, and not again.
func TestHalfAMinuteWithoutWiFi(t *testing.T) {
	for _, c := range []struct {
		name, press, state string
		goes               func(*line)
		by                 func(display, remote *device) *device
	}{
		{"stalled", "Pause", "paused", (*line).stalls, func(display, _ *device) *device { return display }},
		{"cut", "Stop", "stopped", (*line).cuts, func(_, remote *device) *device { return remote }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := newPractice(t, "garden")
			p.writes(t, "quick-treatment", quickTreatment)
			host := p.open(t, "/?room=garden", desk) // beside the server, with no Wi-Fi between
			wifi := p.newWiFi(t)
			guide, display, remote := wifi.comesIn(host, "garden", "guide", tablet), wifi.comesIn(host, "garden", "display", desk), wifi.comesIn(host, "garden", "remote", phone)
			guide.do("watch.pulses = []; navigator.vibrate = (pulse) => watch.pulses.push(pulse) > 0")
			guide.do("await watch.room().do('load', {script: 'quick-treatment'}); await watch.room().do('start')")
			for _, d := range []*device{host, guide, display, remote} {
				d.playing()
			}
			guide.press("+ 1 min") // whoever touched nothing feels nothing
			guide.await("watch.room().timeline.length === 780000 && watch.room().position() > 0")
			guide.do("watch.pulses.length = 0") // of the one at the beginning
			guide.onward()
			guide.await("watch.pulses.length === 1")

			gone := time.Now()
			c.goes(wifi.line)
			for _, d := range []*device{guide, display, remote} {
				d.sees("Not connected")
			}
			guide.awaitWithin("watch.pulses.length === 2", 3*soon) // the cue that came meanwhile
			for name, d := range map[string]*device{"guide": guide, "display": display, "remote": remote} {
				if off := math.Abs(d.origin() - host.origin()); off > apart {
					t.Errorf("without Wi-Fi the %s is %.0f ms off", name, off)
				}
			}
			pressed := c.by(display, remote)
			pressed.press(c.press)
			pressed.await("watch.state() === '" + c.state + "'")
			if state := ask[string](host, "watch.state()"); state != "playing" {
				t.Errorf("nobody has told the room, and it is %s", state)
			}

			time.Sleep(time.Until(gone.Add(away)))
			wifi.flows()
			back := time.Now()
			for _, d := range []*device{guide, display, remote, host} {
				d.awaitWithin("watch.room().status === 'live' && watch.state() === '"+c.state+"'", rejoined)
			}
			t.Logf("all know what was pressed %v after the Wi-Fi was back", time.Since(back).Round(10*time.Millisecond))
			if by := ask[bool](host, "watch.room().people.find(({id}) => id === watch.room().transport.by)?.role === '"+ask[string](pressed, "watch.room().you.role")+"'"); !by {
				t.Error("it is not known whose it was")
			}
			time.Sleep(2 * time.Second) // whatever would be felt again
			if pulses := ask[int](guide, "watch.pulses.length"); pulses != 2 {
				t.Errorf("of two cues %d were felt", pulses)
			}
		})
	}
}
