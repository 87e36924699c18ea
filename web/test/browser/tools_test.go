package browser

import (
	"testing"
)

// A few tools at a time: the rest is behind one More, and goes back there.
func TestToolsAFewAtATime(t *testing.T) {
	t.Parallel()
	for script, want := range map[string][2]string{
		"quick-breath": {"Easier Slower Come back More", "Hold here Numbers More"},
		"quick-body":   {"Skip this Stay here Come back More", "More"},
		"quick-words":  {"Stay here More", "More"},
	} {
		d := newHouse(t).open(t, "/", phone)
		d.do("await watch.room().do('load', {script: '" + script + "'}); await watch.here().sound.choose('me'); await watch.room().do('start')")
		d.playing()
		d.press("Let this window sound")
		d.await("!watch.here().sound.blocked")
		for i, tools := range want {
			if got := ask[string](d, "watch.tools()"); got != tools {
				t.Errorf("%s shows %q after %d taps on More, want %q", script, got, i, tools)
			}
			if height := ask[float64](d, "watch.box(document.querySelector('.tools')).height"); height > 72 {
				t.Errorf("%s: the tools are %.0f px high, more than one row", script, height)
			}
			d.press("More")
		}
	}
}

// The anchor, the pace and the numbers change where a breath is, and each comes back.
func TestToolsOfABreath(t *testing.T) {
	t.Parallel()
	d := newHouse(t).open(t, "/", phone)
	d.running("quick-breath")
	d.press("More")
	d.do(`const select = document.querySelector('anchor-choice select');
		select.value = 'sounds'; select.dispatchEvent(new Event('change', {bubbles: true}))`)
	d.await("watch.room().session.settings.anchor === 'sounds'")

	d.await("document.querySelector('.count')")
	d.do("await watch.room().do('mix', {mix: {...watch.room().mix, count: true}})")
	d.press("Numbers")
	d.await("!document.querySelector('.count') && !watch.room().mix.count")
	d.await("['In', 'Out, softly'].includes(watch.prompt())")
	d.do("watch.here().wishes.keep({still: true})")
	if said := ask[string](d, "document.querySelector('.said').innerText"); len(said) == 0 || containsDigit(said) {
		t.Errorf("without numbers it reads %q", said)
	}
	d.press("Numbers")
	d.await("watch.reads('in 3 … out 4')")

	was := ask[int](d, "watch.room().timeline.rev")
	d.do("watch.was = " + number(float64(was)))
	d.press("More")
	d.press("Slower")
	d.await("watch.room().timeline.rev > watch.was")
	d.press("More")
	d.do("watch.was = watch.room().timeline.rev")
	d.press("Hold here")
	d.await("watch.room().timeline.rev > watch.was")
}

func containsDigit(words string) bool {
	for _, r := range words {
		if r >= '0' && r <= '9' {
			return true
		}
	}
	return false
}
