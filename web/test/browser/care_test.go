package browser

import (
	"fmt"
	"strings"
	"testing"
)

// What the people this is for need, by the numbers under which docs/care.md names it.

// Before anything begins the page tells how long, where, what is heard, what is
// silent and whether the breath is used, and it changes with what is chosen.
func TestR5NothingIsASurprise(t *testing.T) {
	t.Parallel()
	d := newHouse(t).open(t, "/#before/feet-first", desk)
	for _, told := range []string{"about ten minutes", "14 places", "The breath is left alone", "No breath holds", "A voice: Hazel", "Words, about", "Silences, up to", "Bells"} {
		d.sees(told)
	}
	if parts := ask[string](d, "document.querySelector('coming-ribbon svg').getAttribute('aria-label')"); !strings.Contains(parts, "Support and feet: about two minutes") {
		t.Errorf("whoever cannot see the ribbon is told %q", parts)
	}
	d.press("Places by name")
	d.press("Toes, left")
	d.press("Toes, right")
	d.sees("13 places")
	d.await("!document.querySelector('coming-ribbon').timeline.spans.some(({regions}) => regions?.join() === 'toes')")
	d.press("Five")
	d.sees("about five minutes")
	d.await("document.querySelector('coming-ribbon').timeline.length === 300_000")
	d.do("location.hash = 'before/longer-exhale'")
	d.sees("A paced breath")
	d.quietSoFar()
}

// A note of level 1 stands on the page; one of level 2 stands before Begin, with the
// version without holds one tap away.
func TestR5AdvisoriesComeFirst(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.keeps(t, "scripts/quick-hold.txt", "title: Quick hold\nlanguage: en\nkind: breathing\n\n# Breath\n[breathe box_3, 20 times]\n")
	h.kill()
	h.again(t)
	d := h.open(t, "/#before/small-sigh", phone)
	d.sees("Slow breathing can feel light-headed at first. Smaller breaths usually help, and you can let your breath go back to its own pace any time.")
	d.await("watch.find('Begin')")
	d.do("location.hash = 'before/quick-hold'")
	d.sees("This one includes holding the breath. If you are pregnant, or have a heart, lung, blood-pressure or seizure condition, it may be worth asking your clinician first. There is a version without holds.")
	if ask[bool](d, "!!watch.find('Begin')") {
		t.Error("Begin is there before the advisory was answered")
	}
	d.press("Continue")
	d.await("watch.find('Begin')")
	d.do("location.hash = 'before/quick-hold/2'")
	d.press("Without holds")
	d.sees("No breath holds")
}

// The steady place is the feet unless another is chosen, the breath is offered last,
// and what is chosen is what the session has.
func TestR7TheSteadyPlaceIsNotTheBreath(t *testing.T) {
	t.Parallel()
	d := newHouse(t).open(t, "/#before/quick-body", phone)
	d.press("A steady place")
	offered := ask[[]string](d, "[...document.querySelectorAll('input[name=anchor]')].map(({value, checked}) => value + (checked ? '!' : ''))")
	if got := strings.Join(offered, " "); got != "feet! hands support sounds sight breath" {
		t.Errorf("offered are %s", got)
	}
	d.press("Sight")
	d.press("Begin")
	d.playing()
	if anchor := ask[string](d, "watch.room().session.settings.anchor"); anchor != "sight" {
		t.Errorf("the steady place is %q", anchor)
	}
}

// A place is left out by a touch, for today or always, and welcomed where it rests
// by itself. Nobody is asked why.
func TestR8PlacesAreLeftOutByATouch(t *testing.T) {
	t.Parallel()
	d := newHouse(t).open(t, "/#before/forty-five-minutes", desk)
	d.do("watch.here().wishes.keep({voice: 'words'})") // nothing to wait for
	d.press("Places by name")
	lit := func() int { return ask[int](d, "document.querySelector('leave-out body-figure').lit.length") }
	all := lit()
	d.press("Belly, included") // it rested
	d.await(fmt.Sprintf("document.querySelector('leave-out body-figure').lit.length === %d", all+1))
	d.sees("Belly: included")
	d.press("Knee, left")
	d.sees("Knee, left: resting")
	d.await(fmt.Sprintf("document.querySelector('leave-out body-figure').lit.length === %d", all))
	d.press("Always")
	d.press("Heel, right")
	d.await("watch.here().wishes.kept.leaveOut.join() === 'heel.right'")
	d.press("Begin")
	d.playing()
	set := ask[string](d, "JSON.stringify((({leaveOut, welcome}) => ({leaveOut, welcome}))(watch.room().session.settings))")
	if set != `{"leaveOut":["heel.right","knee.left"],"welcome":["belly"]}` {
		t.Errorf("the session has %s", set)
	}
	d.press("Stop")
	d.press("Done")
	d.visit("/#settings")
	d.sees("1 place")
	d.press("Left out")
	d.press("Places by name")
	d.press("Heel, right")
	d.sees("None")
}

// The slider ends at twenty minutes until more is asked for, and then says so.
func TestR11BeyondTwentyMinutesIsAskedFor(t *testing.T) {
	t.Parallel()
	d := newHouse(t).open(t, "/#before/twenty-minutes", phone)
	longest := func() string { return ask[string](d, "document.querySelector('length-choice input[type=range]').max") }
	d.sees("about twenty minutes")
	if got := longest(); got != "20" {
		t.Errorf("the slider ends at %s minutes", got)
	}
	d.press("Longer")
	d.await("document.querySelector('length-choice input[type=range]').max === '30'")
	d.do("const slider = document.querySelector('length-choice input[type=range]'); slider.value = '25'; slider.dispatchEvent(new Event('input'))")
	d.sees("about 25 minutes")
	d.sees("More than twenty minutes can ask a lot of you.")
	d.visit("/#before/feet-first")
	d.sees("about ten minutes")
}

// Sitting, standing, lying and walking are all said to be fine, for every script.
func TestR12PostureIsFree(t *testing.T) {
	t.Parallel()
	d := newHouse(t).open(t, "/", phone)
	for _, script := range []string{"feet-first", "easy-starter", "grounding"} {
		d.do(fmt.Sprintf("location.hash = 'before/%s'", script))
		d.await(fmt.Sprintf("document.querySelector('before-face')?.script === %q", script))
		d.sees("Sit, stand, lie or walk; eyes as you like")
	}
}

// Wherever nothing runs, the way back to the room is one press away.
func TestR13TheRoomIsOnePressAway(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, where := range []string{"/", "/#before/feet-first", "/#scripts", "/#settings", "/#journal", "/?role=guest"} {
		d := h.open(t, where, small)
		d.press("Come back to the room")
		d.await("watch.room().session?.script === 'grounding' && ['playing', 'ready'].includes(watch.state())")
		d.do("await watch.room().stop()")
		d.await("watch.state() === 'stopped'")
	}
}

// The page asks the browser for no leave to notify, and says nothing of how a person is.
func TestR14NothingIsGuessedAndNobodyIsNotified(t *testing.T) {
	t.Parallel()
	d := newHouse(t).open(t, "/", phone)
	d.do(`globalThis.asked = 0;
		Notification.requestPermission = async () => { asked++; return 'denied' };
		navigator.permissions.query = async () => { asked++; return {state: 'denied'} }`)
	for _, hash := range []string{"#scripts", "#settings", "#before/feet-first", "#"} {
		d.do(fmt.Sprintf("location.hash = %q", hash))
		d.await("document.querySelector('h1')?.innerText")
	}
	d.running("quick-body")
	d.press("Stop")
	d.await("watch.face() === 'after'")
	d.press("Done")
	d.sees("What would be kind right now?")
	d.sees("Last time here: Quick body")
	if n := ask[int](d, "asked"); n != 0 {
		t.Errorf("the browser was asked for leave %d times", n)
	}
}

// Voice, bells and words can each be had without the others.
func TestR17VoiceWordsAndBellsAreEachAChoice(t *testing.T) {
	t.Parallel()
	d := newHouse(t).open(t, "/#before/feet-first", desk)
	d.press("Voice and sound")
	d.press("Words alone")
	d.sees("Words on the screen, no voice")
	d.press("How loud")
	if loud := ask[string](d, "[...document.querySelectorAll('.level span')].map((each) => each.innerText).join()"); loud != "Bells" {
		t.Errorf("without a voice there are levels of %s", loud)
	}
	d.do("const bells = document.querySelector('.level input'); bells.value = '0'; bells.dispatchEvent(new Event('change'))")
	d.await("watch.room().mix.bells === 0")
	d.press("Silent")
	d.sees("Words on the screen, no sound")
	d.visit("/#settings")
	d.press("Sound only")
	d.await("document.documentElement.dataset.theme === 'sound'")
}
