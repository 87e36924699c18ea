package journal

import (
	"slices"
	"testing"
	"time"

	"stillpoint/internal/session"
)

func TestPages(t *testing.T) {
	j := turnedOn(t, t.TempDir())
	entries := newDice(2).entries(23)
	at := entries[7].Began
	for i := 8; i < 14; i++ { // several at the same instant
		entries[i].Began = at
	}
	filled(t, j, entries)
	var got []Entry
	pages := 0
	for before := ""; ; pages++ {
		page, more, err := j.Page(t.Context(), Filter{}, before, 5)
		if err != nil || len(page) > 5 {
			t.Fatal(len(page), err)
		}
		got = append(got, page...)
		if before = more; more == "" {
			break
		}
	}
	want := slices.Clone(entries)
	slices.SortFunc(want, func(a, b Entry) int {
		if c := b.Began.Compare(a.Began); c != 0 {
			return c
		}
		return slices.Compare([]byte(b.ID), []byte(a.ID))
	})
	if !slices.Equal(ids(got), ids(want)) || pages != 4 {
		t.Errorf("%v in %d pages", ids(got), pages+1)
	}
	if _, _, err := j.Page(t.Context(), Filter{}, "nowhere", 5); codeOf(err) != session.BadMessage {
		t.Error(err)
	}
}

func TestFilters(t *testing.T) {
	j := turnedOn(t, t.TempDir())
	at := func(text string) time.Time {
		began, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return began
	}
	filled(t, j, []Entry{
		{ID: "a", Began: at("2026-11-20T23:30:00-08:00"), Title: "Feet first", Kind: "body scan", Ended: Finished},
		{ID: "b", Began: at("2026-11-21T00:30:00+13:00"), Title: "Übung", Kind: "breathing", Ended: ByChoice, After: &CheckIn{Note: "100 % better_ than"}},
		{ID: "c", Began: at("2026-11-22T07:30:00+01:00"), Title: "Easy breathing", Kind: "breathing", Note: "Rain"},
	})
	for _, c := range []struct {
		f    Filter
		want []string
	}{
		{Filter{}, []string{"c", "a", "b"}},
		{Filter{Kind: "breathing"}, []string{"c", "b"}},
		{Filter{Ended: "open"}, []string{"c"}},
		{Filter{Ended: "finished"}, []string{"a"}},
		{Filter{Ended: "by choice"}, []string{"b"}},
		{Filter{From: "2026-11-20", To: "2026-11-20"}, []string{"a"}}, // the day it was there
		{Filter{From: "2026-11-21", To: "2026-11-21"}, []string{"b"}},
		{Filter{From: "2026-11-21"}, []string{"c", "b"}},
		{Filter{To: "2026-11-21"}, []string{"a", "b"}},
		{Filter{Text: "übung"}, []string{"b"}},
		{Filter{Text: "  FEET "}, []string{"a"}},
		{Filter{Text: "0 % b"}, []string{"b"}},
		{Filter{Text: "better_"}, []string{"b"}},
		{Filter{Text: "%"}, []string{"b"}},
		{Filter{Text: "rain"}, []string{"c"}},
		{Filter{Text: "snow"}, nil},
		{Filter{Without: []string{"a", "c"}}, []string{"b"}},
		{Filter{Kind: "breathing", Text: "e", Without: []string{"b"}}, []string{"c"}},
	} {
		page, more, err := j.Page(t.Context(), c.f, "", 5)
		if err != nil || more != "" || !slices.Equal(ids(page), c.want) {
			t.Errorf("%+v: %v, want %v (%v)", c.f, ids(page), c.want, err)
		}
	}
	// A text that few have is found behind many that have it not.
	filled(t, j, newDice(5).entries(1500))
	page, more, err := j.Page(t.Context(), Filter{Text: "feet first"}, "", 1)
	if err != nil || len(page) != 1 || page[0].ID != "a" || more != "" {
		t.Errorf("%v %q %v", ids(page), more, err)
	}
}

func TestMarks(t *testing.T) {
	j := turnedOn(t, t.TempDir())
	n := func(n int) *int { return &n }
	began := time.Date(2026, 11, 22, 7, 30, 0, 0, time.FixedZone("", 3600))
	filled(t, j, []Entry{
		{ID: "a", Began: began, Kind: "breathing", Practised: 29_000, Before: &CheckIn{Comfort: n(0), Regions: map[string][]string{"sole.left": {"numb", "cool"}, "chest": nil}}},
		{ID: "b", Began: began.Add(-time.Hour), Practised: 90_000, Before: &CheckIn{Regions: map[string][]string{"chest": {"tight"}}}, After: &CheckIn{Distress: n(10), Regions: map[string][]string{"chest": {"open"}}}},
	})
	m, err := j.Marks(t.Context())
	if err != nil || m.Began[1] != began.UnixMilli() || !slices.Equal(m.Zone, []int{60, 60}) || !slices.Equal(m.Minutes, []int{2, 0}) || !slices.Equal(m.Kind, []string{"", "breathing"}) {
		t.Errorf("%+v, %v", m, err)
	}
	if m.Before.Comfort[0] != nil || *m.Before.Comfort[1] != 0 || *m.After.Distress[0] != 10 || m.After.Distress[1] != nil || len(m.Before.Tension) != 2 {
		t.Errorf("%+v %+v", m.Before, m.After)
	}
	if r := m.Regions; len(r.Before) != 2 || r.Before["chest"] != 2 || r.Before["sole.left"] != 1 || len(r.After) != 1 || r.After["chest"] != 1 {
		t.Errorf("%+v", m.Regions)
	}
}

// Benchmarks of a journal of ten years: 20 000 entries, most with check-ins.
func manyYears(b *testing.B) (*Journal, string) {
	folder := b.TempDir()
	j := turnedOn(b, folder)
	filled(b, j, newDice(1).entries(20_000))
	b.ResetTimer()
	return j, folder
}

// BenchmarkOpen is from nothing to the first page and the count.
func BenchmarkOpen(b *testing.B) {
	j, folder := manyYears(b)
	for b.Loop() {
		j.Close()
		j = opened(b, folder)
		page, _, err := j.Page(b.Context(), Filter{}, "", 50)
		if err != nil || len(page) != 50 || countOf(b, j) != 20_000 {
			b.Fatal(err)
		}
	}
}

func BenchmarkMarks(b *testing.B) {
	j, _ := manyYears(b)
	for b.Loop() {
		if m, err := j.Marks(b.Context()); err != nil || len(m.Began) != 20_000 {
			b.Fatal(err)
		}
	}
}

// BenchmarkSearch is for a text that nothing has.
func BenchmarkSearch(b *testing.B) {
	j, _ := manyYears(b)
	for b.Loop() {
		if page, _, err := j.Page(b.Context(), Filter{Text: "no such text"}, "", 50); err != nil || len(page) > 0 {
			b.Fatal(err)
		}
	}
}

func BenchmarkEraseOne(b *testing.B) {
	j, _ := manyYears(b)
	n := 0
	for b.Loop() {
		if err := j.Erase(b.Context(), newDice(1).entry(n).ID); err != nil {
			b.Fatal(err)
		}
		n++
	}
}
