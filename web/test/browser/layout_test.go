package browser

import (
	"fmt"
	"testing"
)

const haltSize = 88.0 // px: a target one finds without looking

// Stop is large, in sight, and in one place. Pause takes the lower half.
func TestHaltsAreWhereTheyAlwaysAre(t *testing.T) {
	for script := range quick {
		t.Run(script, func(t *testing.T) {
			t.Parallel()
			d := inSession(script)(t, newHouse(t), phone)
			playing := map[size]box{}
			for _, as := range []size{desk, small, phone} {
				d.resize(as)
				playing[as] = d.stop(as)
				d.checkPause(as, "Pause")
			}
			d.press("Pause")
			d.await("watch.state() === 'paused' && watch.find('Resume')")
			for as, before := range playing {
				d.resize(as)
				if paused := d.stop(as); paused != before {
					t.Errorf("%v: Stop is at %v while playing, at %v while paused", as, before, paused)
				}
				d.checkPause(as, "Resume")
			}
		})
	}
}

// stop is where Stop is; it must be large enough and wholly in the window.
func (d *device) stop(as size) box {
	d.t.Helper()
	b := ask[box](d, "watch.box(document.querySelector('.stop'))")
	if b.Width < haltSize || b.Height < haltSize {
		d.t.Errorf("%v: Stop is %.0f × %.0f px", as, b.Width, b.Height)
	}
	if b.Left < 0 || b.Top < 0 || b.right() > float64(as.width) || b.bottom() > float64(as.height) {
		d.t.Errorf("%v: Stop is outside the window: %v", as, b)
	}
	return b
}

// checkPause asks, at points all over the lower half, what a finger would find
// there: the pause surface or Stop, but for the few tools on the way.
func (d *device) checkPause(as size, name string) {
	d.t.Helper()
	b := ask[box](d, fmt.Sprintf("watch.box(watch.find(%q))", name))
	share := ask[float64](d, `(() => {
		let all = 0, halts = 0;
		for (let y = innerHeight / 2 + 4; y < innerHeight; y += 8) for (let x = 4; x < innerWidth; x += 8) {
			all++;
			if (document.elementFromPoint(x, y)?.closest('button, a, summary')?.matches('.pause, .stop')) halts++;
		}
		return halts / all;
	})()`)
	if share < 0.9 || b.Top > float64(as.height)/2+1 {
		d.t.Errorf("%v: %s covers %.0f %% of the lower half, from %.0f px down", as, name, share*100, b.Top)
	}
}
