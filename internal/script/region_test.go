package script

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestRegionsAreTheCanonicalList(t *testing.T) {
	all := Regions()
	if len(all) != 41 {
		t.Errorf("%d regions, want 41", len(all))
	}
	var optIn []string
	for _, r := range all {
		if !r.Front() && !r.Back() {
			t.Errorf("%s is seen from nowhere", r.ID)
		}
		if r.Name() == "" {
			t.Errorf("%s has no name", r.ID)
		}
		if r.OptIn() {
			optIn = append(optIn, r.ID)
		}
	}
	want := "thigh_inner buttock pelvis belly chest sacrum throat jaw mouth"
	if got := strings.Join(optIn, " "); got != want {
		t.Errorf("opt-in: got  %s\nwant %s", got, want)
	}
}

// Every region, on every side it has, is read back from its key and its words.
func TestRegionsReadBack(t *testing.T) {
	for _, whole := range Regions() {
		sides := []Side{Both}
		if whole.Paired() {
			sides = append(sides, Left, Right)
		}
		for _, side := range sides {
			r := Region{ID: whole.ID, Side: side}
			if got, ok := RegionByKey(r.Key()); !ok || got != r {
				t.Errorf("key %s: got %v, %v", r.Key(), got, ok)
			}
			words := []string{r.Key(), r.String(), strings.ToUpper(r.String())}
			if side == Both && r.ID != "shoulder" {
				words = append(words, r.Name(), "the "+r.Name())
			}
			for _, text := range words {
				if got, err := ParseRegions(text); err != nil || !slices.Equal(got, []Region{r}) {
					t.Errorf("%q: got %v, %v", text, got, err)
				}
			}
		}
	}
}

func TestRegionByKey(t *testing.T) {
	for _, key := range []string{"", "sole.", "sole.up", "belly.left", "soles", "Sole", "left sole", ".left", "sole.left.left"} {
		if r, ok := RegionByKey(key); ok {
			t.Errorf("%q: got %v, want none", key, r)
		}
	}
}

func TestParseRegions(t *testing.T) {
	tests := []struct{ text, want string }{
		{"soles, left heel", "soles, left heel"},
		{"sole", "soles"},
		{"Left Sole", "left sole"},
		{"foot_top.right", "top of right foot"},
		{"the tops of your feet", "tops of feet"},
		{"top of the left foot", "top of left foot"},
		{"soles and heels", "soles, heels"},
		{"eyes and brow", "eyes"},
		{"mouth and lips, belly", "mouth, belly"},
		{"left seat", "left side of seat"},
		{"feet", "soles, toes, tops of feet, heels"},
		{"left foot", "left sole, left toes, top of left foot, left heel"},
		{"lower legs", "shins, calves"},
		{"thighs", "fronts of thighs, backs of thighs"},
		{"legs", "ankles, shins, calves, knees, backs of knees, fronts of thighs, backs of thighs"},
		{"hands", "palms, backs of hands, fingers"},
		{"right arm", "right upper arm, right elbow, right forearm, right wrist"},
		{"shoulders", "tops of shoulders, shoulder blades"},
		{"shoulder", "tops of shoulders"},
		{"left shoulder", "top of left shoulder, left shoulder blade"},
		{"back", "lower back, middle back, upper back"},
		{"face", "eyes, cheeks"},
		{"head", "scalp, eyes, cheeks, ears"},
		{"hips", "outer hips"},
		{"body", "outline"},
		{"left traps", "top of left shoulder, back of neck"},
		{"rhomboids, lats, QL", "upper back, middle back, lower back"},
		{"glutes, quads, hamstrings", "seat, fronts of thighs, backs of thighs"},
		{"IT band", "outer hips, fronts of thighs, backs of thighs"},
		{"TMJ, suboccipitals, pecs, psoas", "jaw, back of neck, chest, belly"},
		{"left sole, soles", "soles"},
		{"soles, left sole, soles,", "soles"},
		{"left sole, right sole", "left sole, right sole"},
	}
	for _, tt := range tests {
		got, err := ParseRegions(tt.text)
		if err != nil || namesOf(got) != tt.want {
			t.Errorf("%q: got %s, %v\nwant %s", tt.text, namesOf(got), err, tt.want)
		}
	}
}

func TestParseRegionsFaults(t *testing.T) {
	tests := []struct{ text, want string }{
		{"solez", `there is no region called "solez". Try: sole, soles`},
		{"left QL", `"left QL" is not in two halves here: it has no left and no right. Try: lower back`},
		{"soles and elboes", `there is no region called "elboes". Try: elbows, elbow`},
		{" , ", `no region is named. Try: [at soles], [at left heel] or [at nowhere]`},
	}
	for _, tt := range tests {
		_, err := ParseRegions(tt.text)
		var fault Fault
		if !errors.As(err, &fault) || err.Error() != tt.want {
			t.Errorf("%q: got %v\nwant %s", tt.text, err, tt.want)
		}
	}
}

// No wide word of everyday speech leads to a region that must be asked for.
func TestGroupsKeepOptInRegionsOut(t *testing.T) {
	asked := []string{"glutes", "tmj", "pecs", "psoas"} // these name the place itself
	for _, g := range groups {
		for _, id := range g.ids {
			if (Region{ID: id}).OptIn() && !slices.Contains(asked, g.words[0]) {
				t.Errorf("%s leads to %s", g.words[0], id)
			}
		}
	}
}

func TestCoversAndTouches(t *testing.T) {
	both, left, right, other := Region{ID: "sole"}, Region{"sole", Left}, Region{"sole", Right}, Region{"heel", Left}
	tests := []struct {
		r, o            Region
		covers, touches bool
	}{
		{both, left, true, true},
		{left, both, false, true},
		{left, left, true, true},
		{left, right, false, false},
		{left, other, false, false},
	}
	for _, tt := range tests {
		if got := tt.r.Covers(tt.o); got != tt.covers {
			t.Errorf("%s covers %s: %v", tt.r, tt.o, got)
		}
		if got := tt.r.Touches(tt.o); got != tt.touches {
			t.Errorf("%s touches %s: %v", tt.r, tt.o, got)
		}
	}
}

// A word means one thing: no two regions, and no region and group, share one.
func TestRegionWordsMeanOneThing(t *testing.T) {
	owner := map[string]string{}
	claim := func(word, by string) {
		if other, taken := owner[word]; taken && other != by {
			t.Errorf("%q is both %s and %s", word, other, by)
		}
		owner[word] = by
	}
	for _, p := range parts {
		for _, w := range append([]string{p.name, p.one, p.many}, p.also...) {
			claim(w, p.id)
		}
	}
	for i, g := range groups {
		for _, w := range g.words {
			claim(w, fmt.Sprint("group ", i))
		}
	}
}

func FuzzParseRegions(f *testing.F) {
	for _, text := range []string{"soles, left heel", "left and right", "sole.left and , eyes and brow", "top of % foot", "_", "left"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		rs, err := ParseRegions(text)
		if err != nil {
			return
		}
		if again, err := ParseRegions(namesOf(rs)); err != nil || !slices.Equal(rs, again) {
			t.Errorf("%q: got %v, %v, then %v", text, rs, err, again)
		}
	})
}

func TestNearest(t *testing.T) {
	names := []string{"bell", "at", "outside", "breathe", "rest", "guide", "wait", "ambience", "anchor"}
	tests := []struct {
		word, want string
	}{
		{"bel", "bell"},
		{"Brethe", "breathe"},
		{"ehll", ""},
		{"outsdie", "outside"},
		{"wiat", "wait"},
		{"ambient", "ambience"},
		{"breath", "breathe"},
		{"xyz", ""},
		{"", ""},
		{strings.Repeat("bell", 20), ""},
	}
	for _, tt := range tests {
		if got := strings.Join(Nearest(tt.word, names), " "); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.word, got, tt.want)
		}
	}
	if got := Nearest("a_1", []string{"a_2", "a_3", "a_2", "a_4", "a_5"}); len(got) != 3 || got[0] != "a_2" || got[1] != "a_3" {
		t.Errorf("got %v, want three different ones in order", got)
	}
}
