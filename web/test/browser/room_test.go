package browser

import (
	"testing"
)

// quickTreatment comes to its private cues at once.
const quickTreatment = `title: Quick treatment
language: en
kind: treatment

# Arriving
[guide: Ask: any areas you do not want touched today, for any reason?]
[rest 4 min]

# Hands, arms and shoulders
[ambience brown]
[at palms, forearms, shoulders]
[guide: Ask before moving on: hands, arms, shoulders?]
[guide at 12 seconds: Other side. Re-cover, ask, uncover.]
[rest 6 min]

# Coming back
[guide: Time to sit up slowly.]
[rest 2 min]
`

var tablet = size{1024, 768}

// treating is a guide's window in a treatment room whose treatment runs.
func treating(t testing.TB, h *house, as size) *device {
	t.Helper()
	h.writes(t, "quick-treatment", quickTreatment)
	h.makes(t, "table")
	d := h.open(t, "/?room=table", as)
	d.do("await watch.room().do('load', {script: 'quick-treatment'}); await watch.room().do('start')")
	d.playing()
	d.await("document.querySelector('room-face .time b')")
	return d
}
