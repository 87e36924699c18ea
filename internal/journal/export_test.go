package journal

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"stillpoint/internal/session"
)

func exported(t testing.TB, j *Journal, x Export) string {
	t.Helper()
	var b strings.Builder
	if err := j.Export(t.Context(), &b, x); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestOutAndInAgain: export, erase, import gives back the same entries, in both forms.
func TestOutAndInAgain(t *testing.T) {
	for seed := range uint64(3) {
		for _, format := range []Format{JSON, CSV} {
			j := turnedOn(t, t.TempDir())
			filled(t, j, newDice(seed).entries(300))
			before := all(t, j)
			file := exported(t, j, Export{Format: format, LeftOut: true})
			if err := j.EraseAll(t.Context()); err != nil || countOf(t, j) != 0 {
				t.Fatal(err)
			}
			for _, fresh := range []int{300, 0} {
				done, err := j.Import(t.Context(), strings.NewReader(file), format)
				if err != nil || done != (Imported{300, fresh}) {
					t.Fatalf("%s: %+v, %v", format, done, err)
				}
			}
			if after := all(t, j); after != before {
				t.Fatalf("seed %d, %s: what comes back is not the same", seed, format)
			}
			j.Close()
		}
	}
}

// all is every entry, read one page after another.
func all(t testing.TB, j *Journal) string {
	t.Helper()
	var entries []Entry
	for before := ""; ; {
		page, more, err := j.Page(t.Context(), Filter{}, before, MaxPage)
		if err != nil {
			t.Fatal(err)
		}
		entries = append(entries, page...)
		if before = more; more == "" {
			break
		}
	}
	text, err := json.Marshal(entries)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestWhatIsTakenAway(t *testing.T) {
	j := turnedOn(t, t.TempDir())
	d := newDice(3)
	d1, d2 := d.entry(1), d.entry(2)
	d1.LeftOut, d1.Note, d1.Title, d1.Kind = []string{"chest"}, "=HYPERLINK(1)", "Feet <first>", "breathing"
	d1.Before = &CheckIn{Feelings: []string{"rather_not_say"}, Regions: map[string][]string{"sole.left": {"not_sure"}}}
	d1.After = nil
	filled(t, j, []Entry{d1, d2})
	t.Run("rows and columns", func(t *testing.T) {
		table := exported(t, j, Export{Format: CSV, Columns: []string{"note", "id"}, Filter: Filter{Without: []string{d2.ID}}})
		if want := "id,note\ns-000001,'=HYPERLINK(1)\n"; table != want {
			t.Errorf("%q, want %q", table, want)
		}
		text := exported(t, j, Export{Format: JSON, Columns: []string{"id", "before_feelings"}, Filter: Filter{Kind: "breathing", Without: []string{d2.ID}}})
		contains(t, text, `{"id":"s-000001","began":"0001-01-01T00:00:00Z","before":{"feelings":["rather_not_say"]}}`)
	})
	t.Run("left out", func(t *testing.T) {
		f := Filter{Without: []string{d2.ID}}
		for _, format := range Formats() {
			if strings.Contains(exported(t, j, Export{Format: format, Filter: f}), "chest") {
				t.Errorf("%s tells what was left out", format)
			}
			contains(t, exported(t, j, Export{Format: format, Filter: f, LeftOut: true}), "chest")
		}
	})
	t.Run("a page", func(t *testing.T) {
		page := exported(t, j, Export{Format: Page, Language: "de", Words: map[string]string{"Journal": "Tage<buch>", "rather_not_say": "lieber nicht", "not_sure": "unsicher"}})
		contains(t, page, `<html lang="de">`, "<h1>Tage&lt;buch&gt;</h1>", "Feet &lt;first&gt;", "lieber nicht", "left sole: unsicher", "=HYPERLINK(1)")
		for _, never := range []string{"<script", "http", "<first>", "s-000001"} {
			if strings.Contains(page, never) {
				t.Errorf("%s is on the page", never)
			}
		}
	})
	for _, x := range []Export{{Format: "pdf"}, {Format: CSV, Columns: []string{"mood"}}, {Format: CSV, Filter: Filter{From: "soon"}}, {Format: CSV, Filter: Filter{Ended: "badly"}}} {
		if err := j.Export(t.Context(), &strings.Builder{}, x); codeOf(err) != session.BadMessage {
			t.Errorf("%+v: %v", x, err)
		}
	}
}

// TestNoCellIsAFormula: whatever was noted, and however often it went round.
func TestNoCellIsAFormula(t *testing.T) {
	for _, cell := range append(slices.Clone(awkward), "\t=1", "\r=1", "'''=1", "''", "+", "-", "=", "@", "'-'") {
		kept := harmless(cell)
		if kept != "" && strings.ContainsRune("=+-@\t\r", rune(kept[0])) {
			t.Errorf("%q is written %q", cell, kept)
		}
		if back := asWritten(kept); back != cell {
			t.Errorf("%q comes back as %q", cell, back)
		}
	}
}

func TestTakenInWholeOrNotAtAll(t *testing.T) {
	j := turnedOn(t, t.TempDir())
	good := `{"id":"a","began":"2026-11-22T07:30:00+01:00"}`
	envelope := func(entries ...string) string {
		return `{"stillpoint":"journal","version":1,"entries":[` + strings.Join(entries, ",\n") + `]}`
	}
	for text, want := range map[string]string{
		envelope(good, `{"id":"b","began":"2026-11-22T07:30:00+01:00","before":{"comfort":11}}`):               "Entry 2: before: comfort is 11",
		envelope(good, `{"id":"b","began":"soon"}`):                                                            "Entry 2 cannot be read",
		envelope(good, `{"id":"b"}`):                                                                           "Entry 2: it began in the year 1",
		envelope(good, `{"id":"../b","began":"2026-11-22T07:30:00+01:00"}`):                                    "Entry 2: an id has",
		envelope(good, `{"id":"b","began":"2026-11-22T07:30:00+01:00","leftOut":["wing"]}`):                    "no region “wing”",
		envelope(good, `{"id":"b","began":"2026-11-22T07:30:00+01:00","after":{"regions":{"sole":["ok"]}}}`):   "no word “ok”",
		envelope(good, `{"id":"b","began":"2026-11-22T07:30:00+01:00","ended":"badly"}`):                       "it ended “badly”",
		envelope(good, `{"id":"b","began":"2026-11-22T07:30:00+01:00","pace":400}`):                            "400 breaths a minute",
		envelope(good, `{"id":"b","began":"2026-11-22T07:30:00+01:00","note":"`+strings.Repeat("x", 501)+`"}`): "501 characters",
		`{"version":2,"entries":[]}`:                                                                           "newer Stillpoint",
		`{"version":1}`:                                                                                        "not a whole journal",
		envelope(good) + "x":                                                                                   "not a whole journal",
		`[` + good + `]`:                                                                                       "not a whole journal",
		envelope(good)[:60]:                                                                                    "Entry 1 cannot be read",
		"":                                                                                                     "not a whole journal",
	} {
		done, err := j.Import(t.Context(), strings.NewReader(text), JSON)
		if codeOf(err) != session.BadMessage || !strings.Contains(err.Error(), want) || done != (Imported{}) {
			t.Errorf("%.80s: %+v, %v; want %s", text, done, err, want)
		}
	}
	for text, want := range map[string]string{
		"id,began\na,2026-11-22T07:30:00+01:00\nb,soon\n":                            "Line 3: began: “soon” is not a time",
		"id,began,before_comfort\na,2026-11-22T07:30:00+01:00,much\n":                "Line 2: before_comfort: “much” is not a whole number",
		"id,began,before_comfort\na,2026-11-22T07:30:00+01:00,12\n":                  "Line 2: before: comfort is 12",
		"id,began,before_body\na,2026-11-22T07:30:00+01:00,sole: numb; sole: warm\n": "Line 2: before_body",
		"id,began,planned_minutes\na,2026-11-22T07:30:00+01:00,NaN\n":                "“NaN” is not a number",
		"id,began,planned_minutes\na,2026-11-22T07:30:00+01:00,1e300\n":              "longer than any session",
		"id,began,note\na,2026-11-22T07:30:00+01:00\n":                               "wrong number of fields",
		"id,mood\n": "no column “mood”",
		"id,id\n":   "twice",
		"id,note\n": "without the column began",
		"":          "not a whole journal",
	} {
		done, err := j.Import(t.Context(), strings.NewReader(text), CSV)
		if codeOf(err) != session.BadMessage || !strings.Contains(err.Error(), want) || done != (Imported{}) {
			t.Errorf("%.80q: %+v, %v; want %s", text, done, err, want)
		}
	}
	if n := countOf(t, j); n != 0 {
		t.Errorf("%d entries of files that were refused", n)
	}
	// What spreadsheets do to a file: a mark before it, CRLF, another order.
	done, err := j.Import(t.Context(), strings.NewReader("\uFEFFbegan,id,note\r\n2026-11-22T07:30:00+01:00,a,'=x\r\n2026-11-22T07:30:00+01:00,a,again\r\n"), CSV)
	if e, _ := j.Entry(t.Context(), "a"); err != nil || done != (Imported{1, 1}) || e.Note != "=x" {
		t.Errorf("%+v, %+v, %v", e, done, err)
	}
}

func TestAJournalIsBounded(t *testing.T) {
	j := turnedOn(t, t.TempDir())
	if j.most != MaxEntries {
		t.Error("it has another bound")
	}
	j.most = 60
	var b strings.Builder
	row := func(n int) { fmt.Fprintf(&b, "%d,2026-11-22T07:30:00+01:00\n", n) }
	b.WriteString("id,began\n")
	for n := range j.most {
		row(n)
	}
	if done, err := j.Import(t.Context(), strings.NewReader(b.String()), CSV); err != nil || done.New != 60 {
		t.Fatalf("%+v, %v", done, err)
	}
	one := "id,began\nmore,2026-11-22T07:30:00+01:00\n"
	if _, err := j.Import(t.Context(), strings.NewReader(one), CSV); codeOf(err) != session.Full || countOf(t, j) != 60 {
		t.Errorf("one more: %v", err)
	}
	row(60)
	if _, err := j.Import(t.Context(), strings.NewReader(b.String()), CSV); codeOf(err) != session.BadMessage || !strings.Contains(err.Error(), "Line 62: ") {
		t.Errorf("a file with more: %v", err)
	}
}

func TestComingAndGoingCanBeCancelled(t *testing.T) {
	j := turnedOn(t, t.TempDir())
	filled(t, j, newDice(1).entries(1200))
	ctx, cancel := context.WithCancel(t.Context())
	w := writer(func(b []byte) (int, error) { cancel(); return len(b), nil })
	if err := j.Export(ctx, w, Export{Format: JSON}); !errors.Is(err, context.Canceled) {
		t.Errorf("export: %v", err)
	}
	file := exported(t, j, Export{Format: JSON})
	if err := j.EraseAll(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := j.Import(ctx, strings.NewReader(file), JSON); !errors.Is(err, context.Canceled) || countOf(t, j) != 0 {
		t.Errorf("import: %v", err)
	}
}

type writer func([]byte) (int, error)

func (w writer) Write(b []byte) (int, error) { return w(b) }

// FuzzImport: whatever is taken in comes back out as it is, and nothing panics.
func FuzzImport(f *testing.F) {
	for _, e := range newDice(1).entries(5) {
		text, _ := json.Marshal(map[string]any{"stillpoint": "journal", "version": 1, "entries": []Entry{e}})
		f.Add(string(text), true)
		var table strings.Builder
		sheet := &csvSheet{csv.NewWriter(&table), columns()}
		sheet.begin()
		sheet.entry(&e)
		sheet.end()
		f.Add(table.String(), false)
	}
	f.Fuzz(func(t *testing.T, text string, isJSON bool) {
		entries, err := read(strings.NewReader(text), map[bool]Format{true: JSON, false: CSV}[isJSON], 1000)
		if err != nil {
			if codeOf(err) == "" {
				t.Fatalf("no sentence for people: %v", err)
			}
			return
		}
		var table strings.Builder
		sheet := &csvSheet{csv.NewWriter(&table), columns()}
		sheet.begin()
		for i := range entries {
			sheet.entry(&entries[i])
		}
		sheet.end()
		again, err := read(strings.NewReader(table.String()), CSV, 1000)
		if err != nil {
			t.Fatalf("%v of\n%s", err, table.String())
		}
		had, _ := json.Marshal(entries)
		have, _ := json.Marshal(again)
		if string(had) != string(have) {
			t.Fatalf("%s\nbecame\n%s", had, have)
		}
	})
}
