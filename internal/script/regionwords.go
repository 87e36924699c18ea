package script

import (
	"slices"
	"strings"
)

// ParseRegions reads a list of regions as a person writes it: "soles, left
// heel", "tops of the feet", "feet", "traps", or keys. What a wider entry
// already covers is dropped. The error is a Fault that names the nearest words.
func ParseRegions(text string) ([]Region, error) {
	rs, p := regions(text)
	if p != nil {
		return nil, p.fault("", 0)
	}
	return rs, nil
}

func regions(text string) ([]Region, *problem) {
	var all []Region
	for entry := range strings.SplitSeq(text, ",") {
		if entry = strings.TrimSpace(entry); entry == "" {
			continue
		}
		rs, p := entryRegions(entry)
		if p != nil {
			return nil, p
		}
		for _, r := range rs {
			all = withRegion(all, r)
		}
	}
	if len(all) == 0 {
		return nil, troubled("[at soles], [at left heel] or [at nowhere]", "no region is named")
	}
	return all, nil
}

// withRegion adds r unless it is covered, and drops what r covers.
func withRegion(all []Region, r Region) []Region {
	if slices.ContainsFunc(all, func(o Region) bool { return o.Covers(r) }) {
		return all
	}
	return append(slices.DeleteFunc(all, r.Covers), r)
}

// entryRegions reads what stands between two commas. "and" may part it too,
// unless it belongs to a name ("eyes and brow").
func entryRegions(entry string) ([]Region, *problem) {
	all, p := wordRegions(entry)
	if p == nil || !strings.Contains(entry, " and ") {
		return all, p
	}
	for word := range strings.SplitSeq(entry, " and ") {
		rs, p := wordRegions(word)
		if p != nil {
			return nil, p
		}
		for _, r := range rs {
			all = withRegion(all, r)
		}
	}
	return all, nil
}

func wordRegions(entry string) ([]Region, *problem) {
	if r, ok := RegionByKey(entry); ok {
		return []Region{r}, nil
	}
	word, side := plainWord(entry)
	ids, ok := regionIDs[word]
	if !ok {
		return nil, unknown("region", entry, regionWords)
	}
	var rs []Region
	paired := false
	for _, id := range ids {
		r := Region{ID: id}
		if r.Paired() {
			r.Side, paired = side, true
		}
		rs = append(rs, r)
	}
	if side != Both && !paired {
		return nil, troubled(namesOf(rs), "%s is not in two halves here: it has no left and no right", quoted(entry))
	}
	return rs, nil
}

// plainWord is an entry without its side and the small words around it.
func plainWord(entry string) (word string, side Side) {
	// Longer than any name: not worth the work, and never a region.
	if len(entry) > 80 {
		return "", Both
	}
	var kept []string
	for _, w := range strings.Fields(strings.NewReplacer("_", " ", ".", " ").Replace(strings.ToLower(entry))) {
		switch w {
		case "the", "your", "both":
		case string(Left), string(Right):
			side = Side(w)
		default:
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, " "), side
}

// regionIDs is every word that means a region or several, made once and never
// written to again. A wide word yields to nothing but a key: "shoulder" as a
// key is its top, "left shoulder" in words is the whole of it.
var regionIDs = wordsToIDs()

func wordsToIDs() map[string][]string {
	ids := map[string][]string{}
	for _, p := range parts {
		words := append([]string{p.id, p.name, p.one, p.many, p.sided}, p.also...)
		for _, w := range words {
			if word, _ := plainWord(strings.Replace(w, "%", "", 1)); word != "" {
				ids[word] = []string{p.id}
			}
		}
	}
	for _, g := range groups {
		for _, w := range g.words {
			ids[w] = g.ids
		}
	}
	return ids
}

// regionWords are the words to suggest.
var regionWords = wordsToSuggest()

func wordsToSuggest() []string {
	var words []string
	for _, p := range parts {
		words = append(words, p.many, p.one)
	}
	for _, g := range groups {
		words = append(words, g.words[0])
	}
	slices.Sort(words)
	return slices.Compact(words)
}
