package browser

import (
	"fmt"
	"testing"
)

const manyEntries = 20_000

// BenchmarkJournal is how long a journal of twenty thousand entries takes, from the
// press to the picture on the screen: its entries, its pictures as they come (with
// what stood before and after), and every pair of them at once.
func BenchmarkJournal(b *testing.B) {
	h := newHouse(b)
	h.turnOn(b)
	h.fill(b, manyEntries)
	d := h.open(b, "/", desk)
	d.shown("location.hash = 'journal/pictures'", "pairs") // the parts are fetched once
	var open, pictures, all []float64
	for b.Loop() {
		d.do("location.hash = ''")
		d.await("watch.face() === 'home'")
		open = append(open, d.shown("location.hash = 'journal'", "entries"))
		pictures = append(pictures, d.shown("location.hash = 'journal/pictures'", "pairs"))
		all = append(all, d.shown("watch.find('All').querySelector('input').click()", "pairs"))
	}
	b.ReportMetric(percentile(open, 95), "p95-open-ms")
	b.ReportMetric(percentile(pictures, 95), "p95-pictures-ms")
	b.ReportMetric(percentile(all, 95), "p95-all-pairs-ms")
	b.ReportMetric(0, "ns/op")
}

// shown is the ms from doing something until what it leads to is drawn: its mark is
// there, and a frame has been painted after it.
func (d *device) shown(do, mark string) float64 {
	d.t.Helper()
	return ask[float64](d, fmt.Sprintf(`(async () => {
		performance.clearMarks(%[2]q);
		const began = performance.now();
		%[1]s;
		while (!performance.getEntriesByName(%[2]q).length) await new Promise((soon) => setTimeout(soon));
		await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
		return performance.now() - began;
	})()`, do, mark))
}
