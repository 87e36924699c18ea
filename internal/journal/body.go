package journal

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// bodyText is what was noted of the body, in one line that a person can read too:
// "palm.left: warm, heavy; sole: numb; toes".
func bodyText(regions map[string][]string) string {
	var parts []string
	for _, key := range sortedKeys(regions) {
		part := key
		if words := regions[key]; len(words) > 0 {
			part += ": " + listText(words)
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, "; ")
}

// bodyFrom reads what bodyText wrote, and says nothing of whether there are such
// regions and words.
func bodyFrom(text string) (map[string][]string, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	regions := map[string][]string{}
	for part := range strings.SplitSeq(text, ";") {
		key, words, _ := strings.Cut(part, ":")
		key = strings.TrimSpace(key)
		if _, twice := regions[key]; twice || key == "" {
			return nil, fmt.Errorf("“%.40s” cannot be read as part of the body. Try: sole: numb; palm.left: warm, heavy", strings.TrimSpace(part))
		}
		regions[key] = listFrom(words)
	}
	return regions, nil
}

func listText(words []string) string { return strings.Join(words, ", ") }

func listFrom(text string) (words []string) {
	for w := range strings.SplitSeq(text, ",") {
		if w = strings.TrimSpace(w); w != "" {
			words = append(words, w)
		}
	}
	return words
}

func sortedKeys(regions map[string][]string) []string { return slices.Sorted(maps.Keys(regions)) }
