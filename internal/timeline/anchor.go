package timeline

import (
	"cmp"
	"slices"

	"stillpoint/internal/script"
)

// anchor is the one chosen or, when none was, the usual one.
func (s Settings) anchor() script.Anchor {
	return cmp.Or(s.Anchor, s.UsualAnchor())
}

// UsualAnchor is the one that is named when none is chosen: the first that names no
// place left out, of feet, hands, what holds one up, and at last sounds.
func (s Settings) UsualAnchor() script.Anchor {
	for _, a := range []struct {
		anchor  script.Anchor
		regions []string
	}{
		{script.Feet, []string{"sole", "toes", "heel", "foot_top"}},
		{script.Hands, []string{"palm", "hand_back", "fingers"}},
		{script.Support, []string{"support"}},
	} {
		away := slices.ContainsFunc(a.regions, func(id string) bool { return touches(s.LeaveOut, script.Region{ID: id}) })
		if !away {
			return a.anchor
		}
	}
	return script.Sounds
}

// AnchorPrompt is what an `[anchor]` direction says for an anchor in a language, or
// in English where nobody has written it; for an anchor there is not, what it says
// for feet.
func AnchorPrompt(language string, a script.Anchor) string {
	said := anchorWords[script.Primary(language)]
	if said == nil {
		said = anchorWords["en"]
	}
	if text, ok := said[a]; ok {
		return text
	}
	return said[script.Feet]
}
