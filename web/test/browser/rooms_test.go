package browser

import "testing"

// From the plan to the end: what was chosen holds, what happened can be read, and Done leads back.
func TestARoomFromSetUpToAfter(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.writes(t, "quick-treatment", quickTreatment)
	h.makes(t, "table")
	d := h.open(t, "/?room=table", desk)
	d.sees("Treatment, sixty minutes")
	d.press("Plan")
	d.press("Quick treatment")
	d.await("document.querySelector('room-ribbon')?.timeline?.length === 720000")
	d.press("Places by name")
	d.press("Belly, included")
	d.press("What the client has")
	d.press("a soft glow")
	d.await("watch.room().show.what === 'glow'")
	d.press("Asked: any areas")
	d.sees("1 of 5")
	if kept := ask[string](d, "JSON.stringify(watch.here().wishes.kept.leaveOut)"); kept != "[]" {
		t.Errorf("this browser keeps of a client %s", kept)
	}
	d.quietSoFar()
	d.press("Begin")
	d.playing()
	d.sees("Left out today:")
	d.sees("Belly")
	d.press("Stop")
	d.await("watch.face() === 'after'")
	d.sees("What happened")
	d.sees("The guide stopped")
	d.press("Save under a code name")
	d.do("const field = document.querySelector('.save input'); field.value = 'Heron'; field.dispatchEvent(new Event('input'))")
	d.await("document.querySelector('.save button:enabled')")
	d.do("document.querySelector('.save button').click()")
	d.sees("Saved as Heron.")
	if kept := ask[string](d, "fetch('/api/journal/entries').then((answer) => answer.json()).then(({entries}) => entries.map(({codeName, account}) => codeName + ': ' + account.map(({what}) => what)).join())"); kept != "Heron: start,stop" {
		t.Errorf("the journal has %q", kept)
	}
	d.press("Done")
	d.await("watch.face() === 'room' && watch.find('Begin')")
	d.await("document.querySelector('.room-before .value')?.innerText === 'Quick treatment'")
}

// The rooms of a practice: made, seen from afar, named anew, taken away.
func TestRoomsAtOneGlance(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	d := h.open(t, "/#rooms", desk)
	d.sees("You might make one and name it.")
	d.do("document.querySelector('.make input').value = 'table'")
	d.press("Make a room")
	d.await("watch.find('table')")
	h.makes(t, "quiet-room")
	treats := h.open(t, "/?room=table", tablet)
	h.writes(t, "quick-treatment", quickTreatment)
	treats.do("await watch.room().do('load', {script: 'quick-treatment'}); await watch.room().do('start')")
	treats.playing()
	treats.await("document.title.startsWith('table') && watch.find('table · No screen for them')")
	d.sees("Arriving")
	d.sees("12 minutes to go")
	treats.do("await watch.room().pause(true)")
	d.sees("paused by the client")
	d.press("Change this room")
	if ask[bool](d, "!!watch.find('Take this room away')") {
		t.Error("a room in which something runs can be taken away")
	}
	d.do("document.querySelector('.rename input').value = 'Blue room'")
	d.press("Keep the name")
	d.await("watch.find('Blue room') && watch.find('quiet-room')")
	treats.do("await watch.room().stop()")
	d.sees("paused once by the client")
	d.press("Take this room away")
	d.await("!watch.find('Blue room') && watch.find('quiet-room')")
}
