package browser

import (
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// A window that cannot fetch the face of a running session still stops it: by a
// plain button, and by the keys.
func TestStopWithoutAFace(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	guide := h.open(t, "/", desk)
	guide.running("quick-breath")
	for _, by := range []string{"button", "key"} {
		bare := h.open(t, "/?role=guest&name=empty", phone) // it waits; then it is loaded again without the face
		bare.alone = true
		must(bare, network.SetBlockedURLs, network.SetBlockedURLsParams{URLPatterns: []*network.BlockPattern{
			{URLPattern: h.url + "/elements/session-face.js", Block: true}}})
		if err := chromedp.Do(bare.ctx, chromedp.Reload()); err != nil {
			t.Fatal(err)
		}
		bare.await("document.querySelector('.bare')?.innerText.includes('Stop')")
		if by == "button" {
			bare.press("Stop")
		} else {
			bare.strike(escape)
		}
		guide.await("watch.state() === 'stopped'")
		guide.do("await watch.room().do('return', {agreed: true})")
		guide.do("await watch.room().do('resume', {agreed: true})")
		guide.playing()
	}
}
