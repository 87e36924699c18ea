package timeline

import (
	"cmp"
	"fmt"
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

// AnchorPrompt is what an `[anchor]` direction says for an anchor; for one there
// is not, what it says for feet.
func AnchorPrompt(a script.Anchor) string {
	text, err := anchorPrompt(a)
	if err != nil {
		text, _ = anchorPrompt(script.Feet)
	}
	return text
}

// anchorPrompt is what an `[anchor]` direction says. Every one is an invitation,
// and none is about breath unless breath was chosen (R7).
func anchorPrompt(a script.Anchor) (string, error) {
	switch a {
	case script.Feet, "":
		return "If you like, come back to your feet, and to whatever is under them.", nil
	case script.Hands:
		return "If you like, come back to your hands, and to whatever they touch.", nil
	case script.Support:
		return "If you like, come back to what is holding you up.", nil
	case script.Sounds:
		return "If you like, come back to the sounds around you, near or far.", nil
	case script.Sight:
		return "If you like, come back to something you can see, and let your eyes stay with it.", nil
	case script.Breath:
		return "If you like, come back to your breath, just as it comes and goes.", nil
	}
	return "", fmt.Errorf("there is no anchor “%s”; there are %v", a, script.Anchors)
}
