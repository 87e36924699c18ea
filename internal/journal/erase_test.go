package journal

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// marked has a text of its own in everything a person can write.
func marked(e Entry, marker string) Entry {
	e.ID, e.CodeName, e.Title, e.Note = "id-"+marker, "N"+marker, "T"+marker, "W"+marker
	e.Before, e.After = &CheckIn{Note: "B" + marker}, &CheckIn{Note: "A" + marker}
	return e
}

// TestErasedIsGone: many entries of many lengths, changed, moved and erased in
// disorder; after each erasing no file holds a byte of that entry's text.
func TestErasedIsGone(t *testing.T) {
	folder := t.TempDir()
	j := turnedOn(t, folder)
	d := newDice(7)
	var entries []Entry
	for n := range 300 {
		entries = append(entries, marked(d.entry(n), fmt.Sprintf("marker-%04d", n)))
	}
	filled(t, j, entries)
	for round, n := range d.Perm(len(entries))[:12] {
		marker := fmt.Sprintf("marker-%04d", n)
		id := "id-" + marker
		// It grows and moves before it goes, and so does another.
		for _, of := range []string{id, fmt.Sprintf("id-marker-%04d", (n+1)%len(entries))} {
			note := strings.Repeat(strings.TrimPrefix(of, "id-")+" ", 1+d.IntN(40))
			if _, err := j.Note(t.Context(), of, &note, nil); err != nil && codeOf(err) != NotFound {
				t.Fatal(err)
			}
		}
		if len(traces(t, folder, marker)) == 0 {
			t.Fatal("it was never there")
		}
		if err := j.Erase(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		if left := traces(t, folder, marker); len(left) > 0 {
			t.Fatalf("round %d: %v still hold %s", round, left, marker)
		}
		if err := j.Erase(t.Context(), id); codeOf(err) != NotFound {
			t.Errorf("erased twice: %v", err)
		}
	}
	if n := countOf(t, j); n != 288 {
		t.Errorf("%d entries are left of 300 without 12", n)
	}
}

func TestWhatIsReplacedIsGone(t *testing.T) {
	folder := t.TempDir()
	j := turnedOn(t, folder)
	name := "first-name"
	if _, err := j.Choose(t.Context(), Choice{CodeName: &name}); err != nil {
		t.Fatal(err)
	}
	filled(t, j, []Entry{marked(newDice(1).entry(1), "marker")})
	const id = "id-marker"
	one, two := "first-note", "second-note"
	for _, do := range []func() error{
		func() error { _, err := j.Note(t.Context(), id, &one, &one); return err },
		func() error { _, err := j.Note(t.Context(), id, &two, &two); return err },
		func() error { _, err := j.CheckIn(t.Context(), id, Before, CheckIn{}); return err },
		func() error { _, err := j.CheckIn(t.Context(), id, After, CheckIn{Note: two}); return err },
		func() error { _, err := j.Choose(t.Context(), Choice{CodeName: &two}); return err },
	} {
		if err := do(); err != nil {
			t.Fatal(err)
		}
	}
	for _, gone := range []string{"first-note", "first-name", "Bmarker", "Amarker", "Wmarker", "Nmarker"} {
		if left := traces(t, folder, gone); len(left) > 0 {
			t.Errorf("%v still hold %s", left, gone)
		}
	}
	if len(traces(t, folder, "second-note")) == 0 {
		t.Error("what took its place is not there")
	}
}

func TestAllErasedIsGone(t *testing.T) {
	for _, on := range []bool{true, false} {
		folder := t.TempDir()
		j := turnedOn(t, folder)
		name, after := "name-marker", After
		if _, err := j.Choose(t.Context(), Choice{CodeName: &name, CheckIn: &after}); err != nil {
			t.Fatal(err)
		}
		d := newDice(9)
		var entries []Entry
		for n := range 200 {
			entries = append(entries, marked(d.entry(n), fmt.Sprintf("marker-%04d", n)))
		}
		filled(t, j, entries)
		if len(traces(t, folder, "marker")) == 0 {
			t.Fatal("nothing was there")
		}
		turn(t, j, on)
		if err := j.EraseAll(t.Context()); err != nil {
			t.Fatal(err)
		}
		if left := traces(t, folder, "marker"); len(left) > 0 {
			t.Errorf("%v still hold text", left)
		}
		files, _ := os.ReadDir(folder)
		if !on && len(files) > 0 {
			t.Errorf("off, and there is %v", files)
		}
		s, err := j.State(t.Context())
		if err != nil || s.On != on || s.Count != 0 || s.CodeName != "" || on && s.CheckIn != After {
			t.Errorf("%+v, %v", s, err)
		}
		if on {
			filled(t, j, entries[:1])
		}
	}
}

// TestErasingWhileItIsRead: a reader in another program may hold what is erased; then
// that is said, and erasing once more does it.
func TestErasingWhileItIsRead(t *testing.T) {
	folder := t.TempDir()
	j, other := turnedOn(t, folder), (*Journal)(nil)
	filled(t, j, []Entry{marked(newDice(1).entry(1), "marker")})
	other = opened(t, folder)
	tx, err := other.db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	var n int
	if err := tx.QueryRow("SELECT count(*) FROM entries").Scan(&n); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	if err := j.Erase(t.Context(), "id-marker"); err == nil {
		t.Error("it says that all is gone")
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	j.Erase(t.Context(), "id-marker")
	if left := traces(t, folder, "marker"); len(left) > 0 {
		t.Errorf("%v still hold text", left)
	}
}
