package browser

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// TestThePageOfTrust: it says the certificate's fingerprint as the guide sees it, how it is
// installed on this very system, and gives it in the form that system takes; it can
// be read and pressed in every theme, language and size.
func TestThePageOfTrust(t *testing.T) {
	t.Parallel()
	h, on := newNetworkedHouse(t)
	axe, err := os.ReadFile(filepath.Join("node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		missing(t, "axe-core (npm ci in web/test/browser)")
	}
	d := h.window(t, stage.browser, on.Plain[0]+"/trust")
	d.await("watch.reads('Get the certificate')")
	if shown := ask[string](d, "document.querySelector('.fingerprint').textContent"); strings.ReplaceAll(shown, " ", "") != strings.ReplaceAll(on.Fingerprint, ":", "") {
		t.Errorf("its fingerprint is %s, the guide sees %s", shown, on.Fingerprint)
	}
	if there := ask[string](d, "document.querySelector('.secure').href"); there != on.Addresses[0]+"/" {
		t.Errorf("afterwards it leads to %s", there)
	}
	for agent, want := range map[string]string{
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)": "ios /stillpoint-ca.mobileconfig", "Mozilla/5.0 (Linux; Android 15; Pixel 9)": "android /stillpoint-ca.crt",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64)": "windows /stillpoint-ca.crt", "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)": "mac /stillpoint-ca.crt", "Mozilla/5.0 (X11; Linux x86_64)": "linux /stillpoint-ca.crt",
	} {
		must(d, emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{UserAgent: agent})
		d.trusts("dusk", "en")
		if seen := ask[string](d, "document.querySelector('details[open]').id + ' ' + new URL(document.querySelector('.get a').href).pathname"); seen != want {
			t.Errorf("%s is shown %s, want %s", agent, seen, want)
		}
	}
	rules := allRules
	for _, theme := range append(themes[:len(themes):len(themes)], "sound") {
		d.trusts(theme, "de")
		if _, err := chromedp.Run(d.ctx, chromedp.Evaluate[chromedp.Void](string(axe))); err != nil {
			t.Fatal(err)
		}
		d.axe(theme, rules)
		rules = ofColours
	}
	for _, language := range append(otherLanguages(t), "en") {
		d.trusts("day", language)
		for _, px := range []int64{32, 16} {
			d.letters(px)
			d.checkTrust(fmt.Sprintf("%s %d", language, px))
		}
	}
}

// trusts opens the page again in a theme and a language, with every way of installing
// it unfolded.
func (d *device) trusts(theme, language string) {
	d.t.Helper()
	d.do(fmt.Sprintf("localStorage.setItem('stillpoint.wishes', JSON.stringify({ theme: %q, language: %q }))", theme, language))
	d.goes(ask[string](d, "location.href"))
	d.await(fmt.Sprintf("document.documentElement.lang === %q && watch.inSight(document.querySelector('.get a'))", language))
}

// checkTrust checks that nothing is cut off, too small to press or beside the window.
func (d *device) checkTrust(how string) {
	d.t.Helper()
	d.do(reaching + "; document.querySelectorAll('details').forEach((each) => { each.open = true; })")
	for name, as := range map[string]size{"desk": desk, "small": small, "phone": phone} {
		d.resize(as)
		d.do("await document.fonts.ready; await new Promise(requestAnimationFrame)")
		for _, wrong := range append(ask[[]string](d, tooSmall), ask[[]string](d, "watch.reach.cut()")...) {
			d.t.Errorf("%s, %s: %s", how, name, wrong)
		}
		if over := ask[float64](d, "document.documentElement.scrollWidth - innerWidth"); over > 0 {
			d.t.Errorf("%s, %s: it scrolls sideways by %v px", how, name, over)
		}
		if *pictures != "" {
			d.picture(fmt.Sprintf("trust-%s-%s.webp", strings.ReplaceAll(how, " ", "-"), name), as)
		}
	}
}
