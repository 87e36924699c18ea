package browser

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"
)

const savedSession = `{"stillpoint": "journal", "version": 1, "entries": [{"id": "led", "began": "2026-11-24T09:30:00+01:00", "codeName": "Wren",
	"title": "Treatment, sixty minutes", "kind": "treatment", "planned": 3600000, "practised": 3480000, "pauses": 1, "ended": "finished", "account": [
	{"after": 0, "position": 0, "what": "start", "name": "Tablet", "role": "guide"},
	{"after": 724000, "position": 724000, "what": "pause", "role": "remote", "client": true},
	{"after": 790000, "position": 724000, "what": "resume", "name": "Tablet", "role": "guide", "agreed": true},
	{"after": 3666000, "position": 3600000, "what": "end"}]}]}`

// What a therapist has saved tells who paused it and that going on was agreed to; a
// file to take along has that where it is asked for.
func TestASavedSession(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.turnOn(t)
	h.fill(t, 2)
	d := h.open(t, "/#journal", desk)
	d.press("A copy")
	d.await("document.querySelectorAll('tbody tr').length === 2")
	if ask[bool](d, "!!watch.find('What happened')") {
		t.Error("somebody who led nothing is asked about it")
	}
	h.askJournal(t, http.MethodPost, "/import", []byte(savedSession), nil)
	d = h.open(t, "/#journal/led", desk)
	d.sees("The client’s key paused")
	d.sees("Tablet went on; the client agreed")
	d.sees("It came to its end")

	d = h.open(t, "/#journal", desk)
	folder := d.downloads()
	d.press("A copy")
	d.await("document.querySelectorAll('tbody tr').length === 3")
	d.press("What happened")
	d.await("document.querySelector('tbody').textContent.includes('12:04 The client’s key paused')")
	d.press("A page to print")
	page := string(d.came(filepath.Join(folder, "stillpoint-journal.html"), "</html>\n"))
	if want := "<dt>What happened</dt><dd>0:00 Tablet began; 12:04 The client’s key paused; 13:10 Tablet went on; the client agreed; 61:06 It came to its end</dd>"; !strings.Contains(page, want) {
		t.Errorf("the page says nothing of it: %s", page)
	}
}
