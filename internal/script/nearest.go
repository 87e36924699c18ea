package script

import (
	"cmp"
	"slices"
	"strings"
)

// Nearest is up to three names among those given that a person who wrote word
// may have meant, the likeliest first. Case does not count. None is an answer too.
func Nearest(word string, among []string) []string {
	const most = 3
	w := []rune(strings.ToLower(strings.TrimSpace(word)))
	if len(w) == 0 || len(w) > 40 { // no name is that long
		return nil
	}
	type candidate struct {
		name string
		off  int
	}
	var near []candidate
	for _, name := range among {
		off, ok := distance(w, []rune(strings.ToLower(name)))
		if ok && !slices.ContainsFunc(near, func(c candidate) bool { return c.name == name }) {
			near = append(near, candidate{name, off})
		}
	}
	slices.SortStableFunc(near, func(a, b candidate) int { return cmp.Compare(a.off, b.off) })
	var names []string
	for _, c := range near[:min(len(near), most)] {
		names = append(names, c.name)
	}
	return names
}

// distance is how far name is from w, and whether that is near enough to be
// worth saying: about one slip in three letters, or one the beginning of the other.
func distance(w, name []rune) (int, bool) {
	allowed := max(1, (min(len(w), len(name))+1)/3)
	if short := min(len(w), len(name)); short >= 3 && slices.Equal(w[:short], name[:short]) {
		return 1, true
	}
	if len(w)-len(name) > allowed || len(name)-len(w) > allowed {
		return 0, false
	}
	off := slips(w, name)
	return off, off <= allowed && off < max(len(w), len(name))
}

// slips counts the letters left out, put in, changed or swapped with their
// neighbour on the way from a to b.
func slips(a, b []rune) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := last[j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			row[j] = min(change, last[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
