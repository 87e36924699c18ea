package browser

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

const (
	firstView  = 90_000 // bytes of the first view, brotli, with the font
	scriptSize = 30_000 // of which JavaScript
)

// What a person's browser fetches to show the first page is small.
func TestFirstViewIsSmall(t *testing.T) {
	t.Parallel()
	d := newHouse(t).open(t, "/", phone)
	d.await("watch.find('Breathing')")
	d.do("await document.fonts.ready")
	fetched := append(ask[[]string](d, askedFirst), d.house.url+"/")
	var all, scripts, font int
	for _, address := range fetched {
		n := packed(t, address)
		all += n
		if strings.HasSuffix(address, ".js") {
			scripts += n
		}
		if strings.HasSuffix(address, ".woff2") {
			font += n
		}
	}
	t.Logf("%d files, %d bytes: %d of JavaScript, %d of font", len(fetched), all, scripts, font)
	if all > firstView {
		t.Errorf("the first view is %d bytes, want at most %d", all, firstView)
	}
	if scripts > scriptSize {
		t.Errorf("its JavaScript is %d bytes, want at most %d", scripts, scriptSize)
	}
}

// What was asked for before the first page was shown; the font and the library
// belong to it whenever they were asked for, and a face fetched ahead does not.
const askedFirst = `performance.getEntriesByType('resource')
	.filter(({name, startTime}) => watch.at(startTime) <= watch.seen.states[0].at || !name.endsWith('.js'))
	.map(({name}) => name)`

// packed is the size of what stands at an address once it is compressed.
func packed(t *testing.T, address string) int {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var b bytes.Buffer
	w := brotli.NewWriterLevel(&b, brotli.BestCompression)
	if _, err := io.Copy(w, answer.Body); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}
