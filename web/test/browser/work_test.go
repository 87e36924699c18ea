package browser

import (
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/performance"
)

const (
	watchFor = 5 * time.Second
	sane     = 60.0 // ms of main thread a second, on a machine that does other things as well
)

// How much a running session asks of the main thread: -bench MainThread
func BenchmarkMainThread(b *testing.B) {
	d := inSession("quick-breath")(b, newHouse(b), phone)
	for b.Loop() {
		busy, long := d.mainThread()
		b.ReportMetric(busy, "busy-ms/s")
		b.ReportMetric(float64(long), "long-tasks")
	}
	b.ReportMetric(0, "ns/op")
}

func runningSessionIsLight(t *testing.T) {
	d := inSession("quick-breath")(t, newHouse(t), phone)
	busy, long := d.mainThread()
	t.Logf("%.1f ms of main thread a second, %d long tasks", busy, long)
	if busy > sane {
		t.Errorf("%.1f ms of main thread a second, want at most %.0f", busy, sane)
	}
}

// mainThread is the ms of work on the main thread a second, and the number of tasks over 50 ms.
func (d *device) mainThread() (busy float64, long int) {
	d.t.Helper()
	must(d, performance.Enable, performance.EnableParams{})
	ask[int](d, "watch.seen.tasks.length = 0")
	before, began := d.taskTime(), time.Now()
	time.Sleep(watchFor) // real time is the measure here
	busy = (d.taskTime() - before) * 1000 / time.Since(began).Seconds()
	return busy, ask[int](d, "watch.seen.tasks.length")
}

// taskTime is what the main thread has worked so far, in seconds.
func (d *device) taskTime() float64 {
	d.t.Helper()
	for _, m := range must(d, performance.GetMetrics, cdp.Empty{}).Metrics {
		if m.Name == "TaskDuration" {
			return m.Value
		}
	}
	d.t.Fatal("the browser does not say how long its tasks took")
	return 0
}
