package browser

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// From a journal that is not there to one that is kept, taken along, erased to the
// last file, and brought back.
func TestJournalFromOnToErased(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	d := h.open(t, "/#journal", phone)
	folder := d.downloads()
	d.sees("A journal would keep")
	d.sees(filepath.Join(h.data, "journal.db"))
	h.keepsNothing(t)

	d.press("Turn the journal on")
	d.sees("Nothing here yet.")
	d.running("quick-body")
	d.press("Stop")
	d.await("watch.find('Done')")
	place := ask[box](d, "watch.box(watch.find('Done'))")
	d.sees("Kept in your journal.")
	if now := ask[box](d, "watch.box(watch.find('Done'))"); now != place {
		t.Errorf("Done was at %v and is at %v once it is known what is kept", place, now)
	}
	d.press("Note how it is")
	d.sees("How is it right now?")
	d.press("4")                                            // the first of the measures: comfort
	d.do("watch.room().dispatchEvent(new Event('change'))") // news of the room leaves it as it is
	d.types(".line-of input", "rain outside")
	d.press("Keep")
	d.sees("Kept in your journal.")
	d.press("Done")
	d.await("watch.face() === 'home'")

	d.do("location.hash = 'journal'")
	for _, words := range []string{"Quick body", "ended by choice", "4 after", "rain outside"} {
		d.sees(words)
	}
	file := d.takeAlong(folder)

	d.press("Keeping")
	d.press("Erase everything")
	d.press("Erase all entries")
	d.sees("Nothing is kept any more.")
	d.press("Entries")
	d.sees("Nothing here yet.")

	d.press("Keeping")
	d.bringIn("journal.json", file)
	d.sees("1 entry is new here.")
	d.press("Entries")
	d.sees("rain outside")
}

// takeAlong makes a JSON file of the journal and returns it.
func (d *device) takeAlong(folder string) []byte {
	d.t.Helper()
	d.press("A copy")
	d.press("All of it, to bring back (JSON)")
	d.sees("stillpoint-journal.json is with your downloads.")
	return d.came(filepath.Join(folder, "stillpoint-journal.json"), "]}\n")
}

// came waits until a file has come whole, which its end tells.
func (d *device) came(name, end string) []byte {
	d.t.Helper()
	for began := time.Now(); ; time.Sleep(lookEach) {
		if file, err := os.ReadFile(name); err == nil && bytes.HasSuffix(file, []byte(end)) {
			return file
		}
		if time.Since(began) > soon {
			d.t.Fatalf("%s did not come", name)
		}
	}
}

// bringIn chooses a file as a person would in the window that opens.
func (d *device) bringIn(name string, file []byte) {
	d.t.Helper()
	d.await("document.querySelector('input[type=file]')")
	d.do(fmt.Sprintf(`const input = document.querySelector('input[type=file]');
		const chosen = new DataTransfer();
		chosen.items.add(new File([%q], %q));
		input.files = chosen.files;
		input.dispatchEvent(new Event('change'))`, file, name))
}

// keepsNothing checks that there is no journal on the disk.
func (h *house) keepsNothing(t testing.TB) {
	t.Helper()
	if found, _ := filepath.Glob(filepath.Join(h.data, "journal.db*")); len(found) > 0 {
		t.Errorf("the journal is off, and there is %q", found)
	}
}

// After a session one tap leaves no trace of it. While the journal is off there is
// none, and the page says so.
func TestLeaveNoTrace(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	d := h.open(t, "/", phone)
	d.running("quick-words")
	d.press("Stop")
	d.sees("Nothing is kept of this.")
	h.keepsNothing(t)
	d.press("Done")

	h.turnOn(t)
	d.running("quick-words")
	d.press("Stop")
	d.press("Leave no trace")
	d.sees("Nothing is kept of this.")
	if count := h.kept(t).Count; count != 0 {
		t.Errorf("%d entries are left", count)
	}
	if n := ask[int](d, "[...document.querySelectorAll('.choices button')].filter(watch.inSight).length"); n != 3 {
		t.Errorf("there are %d choices, want three", n)
	}
}

// Where nobody answers, nothing is said of what is kept.
func TestNothingUntrueIsSaid(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.turnOn(t)
	d := h.open(t, "/", phone)
	d.alone = true
	d.running("quick-words")
	h.kill()
	d.press("Stop")
	d.await("watch.face() === 'after' && document.querySelector('after-note')")
	d.do("const note = document.querySelector('after-note'); await note.ask(note.session, 2)") // the last of its looks
	for _, words := range []string{"Kept", "Nothing is kept", "Leave no trace"} {
		if ask[bool](d, fmt.Sprintf("watch.reads(%q)", words)) {
			t.Errorf("the page says %q, and cannot know", words)
		}
	}
}

// What is noted before a session is kept with it once it has begun.
func TestNotedBefore(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.turnOn(t)
	d := h.open(t, "/#before/quick-words", phone)
	d.press("Note how it is now, if you like")
	d.press("7")
	d.press("Keep")
	d.sees("Noted. It is kept when the session begins.")
	if count := h.kept(t).Count; count != 0 {
		t.Errorf("%d entries before anything has begun", count)
	}
	d.running("quick-words")
	d.press("Stop")
	d.sees("Kept in your journal.")
	d.press("Done")
	d.do("location.hash = 'journal'")
	d.sees("7 before")
}

// From one entry straight to another: nothing of the first is left open, or shown as the other's.
func TestAnotherEntry(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.turnOn(t)
	h.fill(t, 3)
	d := h.open(t, "/#journal/made-2", phone)
	d.sees("Script 2")
	d.press("Note something")
	d.await("document.querySelector('check-in-form')")
	d.do("location.hash = 'journal/made-1'")
	d.sees("Script 1")
	if ask[bool](d, "!!document.querySelector('check-in-form')") {
		t.Error("the check-in of another entry is open")
	}
	d.do("globalThis.fetch = () => new Promise(() => {}); location.hash = 'journal/made-0'")
	d.await("document.querySelector('journal-entry').entryId === 'made-0'")
	d.await("!watch.reads('Script 1')")
}

// All of it can be done with the keyboard alone: turned on, an entry opened, noted
// in, and erased.
func TestJournalByKeyboard(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	d := h.open(t, "/#journal", desk)
	d.sees("A journal would keep")
	d.tabTo("Turn the journal on")
	d.strike(enter)
	d.sees("Nothing here yet.")
	h.fill(t, 3)
	d.do("location.hash = ''")
	d.await("watch.face() === 'home'")
	d.do("location.hash = 'journal'")
	d.await("document.querySelector('a[href=\"#journal/made-2\"]')")
	d.tabToWithin("a[href='#journal/made-2']")
	d.strike(enter)
	d.sees("Erase this entry")
	d.tabTo("Note something")
	d.strike(enter)
	d.await("document.querySelector('check-in-form')")
	d.tabToWithin("scale-steps[measure=tension] input")
	d.strike(right) // from not saying to nought, as radio buttons go round
	d.tabTo("Keep")
	d.strike(enter)
	d.await("!document.querySelector('check-in-form')")
	d.sees("Tension")
	d.tabTo("Erase this entry")
	d.strike(enter)
	d.sees("That entry is erased.")
	if count := h.kept(t).Count; count != 2 {
		t.Errorf("%d entries are left, want 2", count)
	}
}

var right = key{"ArrowRight", "ArrowRight", "", 39}

// tabToWithin goes on with Tab until what a selector finds has the focus.
func (d *device) tabToWithin(selector string) {
	d.t.Helper()
	for range 60 {
		d.strike(tab)
		if ask[bool](d, fmt.Sprintf("document.activeElement?.matches(%q) === true", selector)) {
			return
		}
	}
	d.t.Fatalf("Tab never comes to %s", selector)
}

// What is looked for is found, and stays found while one of it is read; a row and a
// column that are taken out are not in the file.
func TestJournalIsFoundAndTakenInPart(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.turnOn(t)
	h.fill(t, 60)
	d := h.open(t, "/#journal", desk)
	folder := d.downloads()
	d.sees("Show more")
	d.types("input[type=search]", "script 1") // 1 and 10 to 19
	d.await("document.querySelectorAll('.entry').length === 11 && !watch.find('Show more')")
	d.press("Kind and time")
	d.do("const ended = document.querySelectorAll('.fields select')[1]; ended.value = 'by choice'; ended.dispatchEvent(new Event('change'))")
	d.await("document.querySelectorAll('.entry').length === 3")
	d.do("document.querySelector('a[href=\"#journal/made-13\"]').click()")
	d.sees("Erase this entry")
	d.press("All entries")
	d.await("document.activeElement?.matches('a[href=\"#journal/made-13\"]') && document.querySelectorAll('.entry').length === 3")

	d.press("A copy")
	d.await("document.querySelectorAll('tbody tr').length === 30")
	d.do("document.querySelector('tbody button').click()")
	d.sees("1 row taken out.")
	d.press("Note")
	d.press("Spreadsheet (CSV)")
	d.sees("stillpoint-journal.csv is with your downloads.")
	file := string(d.came(filepath.Join(folder, "stillpoint-journal.csv"), "\n"))
	if n := strings.Count(file, "\n"); n != 60 {
		t.Errorf("the file has %d lines, want 59 entries and their names", n)
	}
	for _, not := range []string{"made-59", "note", "left_out", "Rain outside"} {
		if strings.Contains(file, not) {
			t.Errorf("the file has %q, which was taken out", not)
		}
	}
	if !strings.Contains(file, "jaw: tight") {
		t.Error("the file has lost what was noted of the body")
	}
}

// types writes into a field.
func (d *device) types(selector, text string) {
	d.t.Helper()
	d.do(fmt.Sprintf("const field = document.querySelector(%q); field.value = %q; field.dispatchEvent(new Event('input'))", selector, text))
}

// A session that begins elsewhere comes before the journal, and stopping is there.
func TestSessionComesBeforeTheJournal(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.turnOn(t)
	h.fill(t, 2)
	d := h.open(t, "/#journal/pictures", desk)
	d.sees("Practice over the weeks")
	h.open(t, "/", phone).running("quick-breath")
	d.playing()
	d.strike(escape)
	d.await("watch.face() === 'after'")
}

// kept is what the journal says of itself.
func (h *house) kept(t testing.TB) (kept struct {
	On    bool
	Count int
}) {
	t.Helper()
	h.askJournal(t, http.MethodGet, "", nil, &kept)
	return kept
}

func (h *house) turnOn(t testing.TB) {
	t.Helper()
	h.askJournal(t, http.MethodPut, "", []byte(`{"on": true, "checkIn": "both"}`), nil)
}

// fill brings in n entries, a fabricated life: the newest is called "Script n-1".
func (h *house) fill(t testing.TB, n int) {
	t.Helper()
	var file strings.Builder
	file.WriteString(`{"stillpoint": "journal", "version": 1, "entries": [`)
	for i := range n {
		if i > 0 {
			file.WriteString(",")
		}
		entry, err := json.Marshal(fabricated(i, n))
		if err != nil {
			t.Fatal(err)
		}
		file.Write(entry)
	}
	file.WriteString("]}")
	h.askJournal(t, http.MethodPost, "/import", []byte(file.String()), nil)
}

// fabricated is entry i of n; the last was an hour ago, and each before it eleven hours earlier.
func fabricated(i, n int) map[string]any {
	began := time.Now().Add(-time.Hour - time.Duration(n-1-i)*11*time.Hour)
	entry := map[string]any{
		"id": fmt.Sprintf("made-%d", i), "began": began.Format(time.RFC3339), "script": "feet-first", "title": fmt.Sprintf("Script %d", i),
		"language": "en", "kind": "body scan", "planned": 600_000, "practised": 180_000 + i*53%20*60_000, "anchor": "feet", "ended": "finished",
	}
	if i%4 == 1 {
		entry["ended"], entry["pauses"] = "by choice", 1
		entry["pattern"], entry["pace"] = "longer_exhale", 5.5
		entry["leftOut"] = []string{"belly", "jaw.left"}
	}
	if i%3 == 0 {
		entry["before"] = map[string]any{"comfort": i * 7 % 6, "tension": 4 + i*5%6, "regions": map[string]any{"jaw": []string{"tight"}, "sole.left": []string{"cool", "numb"}}}
		entry["after"] = map[string]any{"comfort": 3 + i*3%7, "tension": i * 11 % 7, "feelings": []string{"tired", "tender"},
			"regions": map[string]any{"sole": []string{"warm"}, "palm.right": []string{"tingling"}, "belly": []string{"not_sure"}}, "note": "Rain outside, and warm feet."}
	}
	return entry
}

func (h *house) askJournal(t testing.TB, method, path string, body []byte, into any) {
	t.Helper()
	ask, err := http.NewRequestWithContext(t.Context(), method, h.url+"/api/journal"+path, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	ask.Header.Set("Origin", h.url)
	ask.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(ask)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var said bytes.Buffer
	said.ReadFrom(answer.Body)
	if answer.StatusCode >= 300 {
		t.Fatalf("%s /api/journal%s: %s %s", method, path, answer.Status, &said)
	}
	if into != nil {
		if err := json.Unmarshal(said.Bytes(), into); err != nil {
			t.Fatal(err)
		}
	}
}
