package browser

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/page"
)

var looks = flag.String("looks", "", "")

func (d *device) shot(name string, as size) {
	d.resize(as)
	d.do("await document.fonts.ready; await new Promise(requestAnimationFrame)")
	taken := must(d, page.CaptureScreenshot, page.CaptureScreenshotParams{Format: page.CaptureScreenshotFormatPng})
	os.WriteFile(filepath.Join(*looks, fmt.Sprintf("%s-%d.png", name, as.width)), taken.Data, 0o644)
}

func TestLook(t *testing.T) {
	if *looks == "" {
		t.Skip()
	}
	h := newHouse(t)
	d := treating(t, h, tablet)
	d.do("await watch.room().do('next')")
	d.await("watch.room().position() > 241000")
	for _, theme := range []string{"dusk", "low"} {
		d.wear(theme)
		for _, as := range []size{desk, phone, tablet} {
			d.shot("run-"+theme, as)
		}
	}
	d.wear("day")
	d.shot("run-day", tablet)
	d.wear("low")
	d.press("Lock")
	d.shot("locked-low", tablet)
	d.do("document.querySelector('room-face').lock.open()")
	d.do("await watch.room().pause()")
	d.shot("paused-low", tablet)
	d.shot("paused-low", phone)
	d.do("document.querySelector('room-face').open()")
	d.shot("client-low", tablet)
	d.shot("client-low", phone)
}
