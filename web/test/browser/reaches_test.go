package browser

import (
	"fmt"
	"testing"
	"time"
)

// treated is a treatment that runs on four devices: beside the server, and a guide's, a
// client's and a remote behind Wi-Fi that takes its time, each way.
func treated(t testing.TB, delay time.Duration) []*device {
	t.Helper()
	p := newPractice(t, "garden")
	host := p.open(t, "/?room=garden", desk)
	all := []*device{host}
	wifi := p.newWiFi(t)
	for role, as := range map[string]size{"guide": tablet, "display": desk, "remote": phone} {
		all = append(all, wifi.comesIn(host, "garden", role, as))
	}
	wifi.slows(delay)
	host.do("await watch.room().do('load', {script: 'quick-breath'}); await watch.room().do('start')")
	for _, d := range all {
		d.playing()
	}
	return all
}

// stopsEverywhere presses Stop on a device and returns how long it took, from the press,
// until the slowest of the others showed it, in ms. Then it goes on.
func stopsEverywhere(all []*device, by int) float64 {
	at := all[by].place("Stop")
	all[by].pressDown(at)
	slowest := 0.0
	for i, d := range all {
		d.await("['after', 'stopped'].includes(watch.seen.states.at(-1).state)")
		if i != by {
			slowest = max(slowest, ask[float64](d, "watch.seen.states.at(-1).at"))
		}
	}
	all[by].pressUp(at)
	took := slowest - ask[float64](all[by], "watch.seen.presses.findLast(({type}) => type === 'pointerdown').at")
	all[0].do("await watch.room().do('return', {agreed: true}); await watch.room().do('resume', {agreed: true})")
	for _, d := range all {
		d.playing()
		d.await("!['after', 'stopped'].includes(watch.seen.states.at(-1).state)")
	}
	return took
}

// How long a stop on each of four devices takes to all the others, on the loopback and
// through Wi-Fi that takes 60 ms each way: -bench StopFromEach -benchtime 25x
func BenchmarkStopFromEach(b *testing.B) {
	for _, delay := range []time.Duration{0, 60 * time.Millisecond} {
		b.Run(fmt.Sprintf("delay=%v", delay), func(b *testing.B) {
			all := treated(b, delay)
			var tries []float64
			for b.Loop() {
				for by := range all {
					tries = append(tries, stopsEverywhere(all, by))
				}
			}
			b.ReportMetric(0, "ns/op") // the lead-ins between the tries say nothing
			b.ReportMetric(percentile(tries, 50), "p50-ms")
			b.ReportMetric(percentile(tries, 95), "p95-ms")
			b.ReportMetric(percentile(tries, 100), "max-ms")
		})
	}
}
