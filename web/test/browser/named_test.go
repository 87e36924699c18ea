package browser

import (
	"testing"
)

// A guide names a device for the room's sound that somebody has tapped once, tries it
// from afar, and is told when it goes. It has the sound back when it is there again.
func TestADeviceIsNamedTriedAndLost(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.makes(t, "garden")
	guide, box := h.open(t, "/?room=garden", desk), h.open(t, "/?room=garden&role=guest&name=Box", phone)
	guide.do("await watch.room().do('load', {script: 'quick-rain'})")
	named := "watch.room().people.find(({name}) => name === 'Box')"
	guide.await(named)
	guide.do("watch.refused = ''; watch.room().addEventListener('refused', ({detail}) => (watch.refused = detail.code))")
	guide.do("watch.room().do('sound', {by: " + named + ".id})")
	guide.await("watch.refused === 'not-now'") // nobody has tapped it
	box.await("watch.room().standIn")
	box.pressDown(spot{5, 5})
	box.pressUp(spot{5, 5})
	box.do("watch.here().sound.arm()")
	guide.await(named + "?.armed")
	box.await("watch.silent()")
	guide.do("await watch.room().do('sound', {by: " + named + ".id})")
	guide.do("await watch.room().do('bell')")
	box.await("watch.sounding()")
	guide.do("await watch.room().do('start')")
	box.await("watch.sounding()")
	guide.do("const {people, sound, host, mix, show} = watch.room(); watch.room().hear({type: 'people', people, sound, host, mix, show, lost: 'Box'})")
	guide.await("document.body.innerText.includes('No word from Box')")
	box.do("watch.room().close()")
	guide.await("watch.room().lost === 'Box' && watch.room().sound === ''")
	guide.await("document.body.innerText.includes('The sound is gone: Box')")
	box.do("watch.room().connect()")
	guide.await("watch.room().lost === '' && watch.room().sound === " + named + ".id")
}
