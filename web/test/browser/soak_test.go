package browser

import (
	"bytes"
	"flag"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/heapprofiler"
	"github.com/chromedp/cdproto/performance"
)

const (
	warmUp    = 2 * time.Minute // until everything has been shown once
	soakLook  = time.Minute
	quietMost = 10.0             // ms of main thread a second
	heapMost  = 2_000_000.0      // bytes by which the heap may grow in an hour
	driftMost = 20.0             // ms
	keptMost  = 300              // nodes, of which a light has about 150
	soakScore = 20 * time.Minute // longer than what is looked at
)

var soakFor = flag.Duration("soak", time.Hour, "how long the soak lasts")

// A session with all there is to see, round after round: the body, words, the room
// around, and breath.
func everything(lasts time.Duration) string {
	const round = `
# Round %d
[at soles]
When you are ready, attention could drop to the soles of your feet. Warm, cool, nothing much: anything counts. [18 fixed]
[at palms]
You might turn to the palms of your hands, resting or touching something. [18 fixed]
[outside]
You might look around: something near, something far. [14 fixed]
[breathe starter_3_4, 6 times]
`
	var rounds strings.Builder
	for n := 1; n <= int(lasts/(100*time.Second)); n++ {
		fmt.Fprintf(&rounds, round, n)
	}
	return "title: Everything\nlanguage: en\nkind: body scan\n" + rounds.String()
}

// writes puts a script of ours into the person's folder and has it found.
func (h *house) writes(t testing.TB, name, text string) {
	t.Helper()
	h.keeps(t, "scripts/"+name+".txt", text)
	ask, err := http.NewRequestWithContext(t.Context(), http.MethodPost, h.url+"/api/scripts/refresh", bytes.NewReader(nil))
	if err != nil {
		t.Fatal(err)
	}
	ask.Header.Set("Origin", h.url)
	answer, err := (&http.Client{Timeout: soon}).Do(ask)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("the library was not looked at again: %s", answer.Status)
	}
}

// sounds is a window that shows a session and is its sound.
func sounds(t testing.TB, script, text string) *device {
	t.Helper()
	h := newHouse(t)
	h.writes(t, script, text)
	d := h.open(t, "/#before/"+script, phone)
	d.soundHere()
	d.press("Begin")
	d.playing()
	d.await("watch.sounding()")
	return d
}

// Five minutes of a session that shows and sounds: what it asks of the main thread,
// and whether anything holds it up. -bench FiveQuietMinutes -benchtime 1x
func BenchmarkFiveQuietMinutes(b *testing.B) {
	for b.Loop() {
		d := sounds(b, "everything", everything(soakScore))
		must(d, performance.Enable, performance.EnableParams{})
		time.Sleep(10 * time.Second) // the beginning is over
		ask[int](d, "watch.seen.tasks.length = 0")
		before, began := d.taskTime(), time.Now()
		time.Sleep(5 * time.Minute)
		busy := (d.taskTime() - before) * 1000 / time.Since(began).Seconds()
		tasks := ask[[]float64](d, "watch.seen.tasks")
		b.Logf("%.1f ms of main thread a second, tasks over 50 ms: %v", busy, tasks)
		if busy > quietMost {
			b.Errorf("want at most %.0f ms a second", quietMost)
		}
		b.ReportMetric(busy, "busy-ms/s")
		b.ReportMetric(float64(len(tasks)), "long-tasks")
	}
	b.ReportMetric(0, "ns/op") // five minutes are five minutes
}

// An hour of a session that shows and sounds: what it keeps of the memory, and
// whether what it shows is still where the server is. -bench Soak -benchtime 1x -timeout 2h
func BenchmarkSoak(b *testing.B) {
	for b.Loop() {
		d := sounds(b, "everything", everything(*soakFor+warmUp+10*time.Minute))
		time.Sleep(warmUp)
		first := d.heap()
		b.Logf("after %v: %s", warmUp, first)
		last, worst := first, 0.0
		for began := time.Now(); time.Since(began) < *soakFor; time.Sleep(soakLook) {
			worst = max(worst, d.drift())
			last = d.heap()
			b.Logf("after %v more: %s", time.Since(began).Round(time.Second), last)
		}
		drift := d.drift()
		b.Logf("the screen is %.1f ms off the server at the end, %.1f at the most", drift, max(worst, drift))
		if !ask[bool](d, "watch.sounding()") {
			b.Error("it sounds no more")
		}
		if grown := last.used - first.used; grown > heapMost {
			b.Errorf("the heap has grown by %.0f bytes, want at most %.0f", grown, heapMost)
		}
		if drift > driftMost {
			b.Errorf("want at most %.0f ms", driftMost)
		}
		b.ReportMetric((last.used-first.used)/1000, "heap-kB")
		b.ReportMetric(last.nodes-first.nodes, "nodes")
		b.ReportMetric(last.listeners-first.listeners, "listeners")
		b.ReportMetric(drift, "drift-ms")
		b.ReportMetric(max(worst, drift), "worst-drift-ms")
	}
	b.ReportMetric(0, "ns/op") // an hour is an hour
}

// heap is what a page keeps once everything it let go of is collected.
type heap struct{ used, nodes, listeners float64 }

func (h heap) String() string {
	return fmt.Sprintf("%.0f kB, %.0f nodes, %.0f listeners", h.used/1000, h.nodes, h.listeners)
}

func (d *device) heap() (h heap) {
	d.t.Helper()
	must(d, performance.Enable, performance.EnableParams{})
	must(d, heapprofiler.CollectGarbage, cdp.Empty{})
	for _, m := range must(d, performance.GetMetrics, cdp.Empty{}).Metrics {
		switch m.Name {
		case "JSHeapUsedSize":
			h.used = m.Value
		case "Nodes":
			h.nodes = m.Value
		case "JSEventListeners":
			h.listeners = m.Value
		}
	}
	return h
}

// drift is by how many ms the breath on the page, or where none is shown what would be,
// is off the place the server is at. The server is asked over a line of its
// own: what the page makes of its clock is what is looked at here.
func (d *device) drift() float64 {
	d.t.Helper()
	return ask[float64](d, `(async () => {
		const socket = new WebSocket(location.origin.replace('http', 'ws') + '/ws', 'stillpoint.v1');
		const said = (type) => new Promise((heard) => socket.addEventListener('message', function hear({data}) {
			const message = JSON.parse(data);
			if (message.type !== type) return;
			socket.removeEventListener('message', hear);
			heard(message);
		}));
		await new Promise((open) => (socket.onopen = open));
		socket.send(JSON.stringify({type: 'hello', role: 'display', name: 'clock'}));
		await said('welcome');
		let best = {trip: Infinity, offset: 0};
		for (let i = 0; i < 10; i++) {
			const t0 = performance.now(), pong = said('pong');
			socket.send(JSON.stringify({type: 'ping', t0}));
			const {t1} = await pong, t2 = performance.now();
			if (t2 - t0 < best.trip) best = {trip: t2 - t0, offset: t1 + 0.5 - (t0 + t2) / 2}; // t1 is a whole ms
			await new Promise((next) => setTimeout(next, 60));
		}
		socket.close();
		const local = performance.now(), {transport} = watch.room();
		const server = transport.position + local + best.offset - transport.at;
		const disc = document.querySelector('breath-disc'), movement = disc?.querySelector('.swell')?.getAnimations()[0];
		const shown = movement && disc.phase ? disc.phase.from + local - Number(movement.startTime) : watch.room().position();
		return Math.abs(shown - server);
	})()`)
}

// What a session has shown is let go of again.
func TestNothingIsKept(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.writes(t, "hurry", "title: Hurry\nlanguage: en\nkind: body scan\n\n# Places\n"+strings.Repeat("[at soles]\nHere. [1 fixed]\n[at palms]\nThere. [1 fixed]\n[at support]\nOn this. [1 fixed]\n[breathe starter_3_4, 1 times]\n", 30))
	d := h.open(t, "/", phone)
	d.running("hurry")
	const breathes = "document.querySelector('.stage > breath-disc') && !document.querySelector('.leaving')"
	round := func() heap { // until it is at the breath again, and nothing fades any more
		d.awaitWithin("!("+breathes+")", minute)
		d.awaitWithin(breathes, minute)
		return d.heap()
	}
	round() // all of it has been shown once
	before := round()
	round()
	after := round()
	t.Logf("%s, and two rounds later %s", before, after)
	if grown := after.nodes - before.nodes; grown > keptMost {
		t.Errorf("the page has grown by %.0f nodes in two rounds, want at most %d", grown, keptMost)
	}
}
