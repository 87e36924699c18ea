package script

import "slices"

// part is one row of the canonical list of regions.
type part struct {
	id        string
	name      string // in a list, one side: "sole of foot"
	one, many string // in a sentence: "sole", "soles"
	sided     string // when a side does not simply come first: "top of % foot"
	paired    bool
	views     string // F front, B back
	optIn     bool
	also      []string // other words for it
}

// parts is the canonical list, from the ground upwards; never written to. Which
// are opt-in follows the trauma-sensitive variant of the body scan: places that
// many survivors would rather not be sent to are there only for who asks.
var parts = []part{
	{id: "support", name: "where you are held up", one: "support", many: "support", views: "FB"},
	{id: "outline", name: "whole outline", one: "outline", many: "outline", views: "FB", also: []string{"body", "whole body"}},
	{id: "sole", name: "sole of foot", one: "sole", many: "soles", paired: true, views: "B", also: []string{"soles of feet"}},
	{id: "toes", name: "toes", one: "toes", many: "toes", paired: true, views: "F", also: []string{"toe"}},
	{id: "foot_top", name: "top of foot", one: "top of foot", many: "tops of feet", sided: "top of % foot", paired: true, views: "F"},
	{id: "heel", name: "heel", one: "heel", many: "heels", paired: true, views: "B"},
	{id: "ankle", name: "ankle", one: "ankle", many: "ankles", paired: true, views: "FB"},
	{id: "shin", name: "shin", one: "shin", many: "shins", paired: true, views: "F"},
	{id: "calf", name: "calf", one: "calf", many: "calves", paired: true, views: "B"},
	{id: "knee", name: "knee", one: "knee", many: "knees", paired: true, views: "F"},
	{id: "knee_back", name: "back of knee", one: "back of knee", many: "backs of knees", sided: "back of % knee", paired: true, views: "B"},
	{id: "thigh_front", name: "front of thigh", one: "front of thigh", many: "fronts of thighs", sided: "front of % thigh", paired: true, views: "F"},
	{id: "thigh_back", name: "back of thigh", one: "back of thigh", many: "backs of thighs", sided: "back of % thigh", paired: true, views: "B"},
	{id: "thigh_inner", name: "inner thigh", one: "inner thigh", many: "inner thighs", paired: true, views: "F", optIn: true},
	{id: "hip", name: "outer hip", one: "outer hip", many: "outer hips", paired: true, views: "FB", also: []string{"hips"}},
	{id: "buttock", name: "seat", one: "seat", many: "seat", sided: "% side of seat", paired: true, views: "B", optIn: true, also: []string{"buttocks", "bottom"}},
	{id: "pelvis", name: "pelvis", one: "pelvis", many: "pelvis", views: "F", optIn: true},
	{id: "belly", name: "belly", one: "belly", many: "belly", views: "F", optIn: true, also: []string{"stomach", "tummy", "abdomen"}},
	{id: "chest", name: "chest", one: "chest", many: "chest", views: "F", optIn: true},
	{id: "ribs", name: "side ribs", one: "side ribs", many: "side ribs", paired: true, views: "FB", also: []string{"rib"}},
	{id: "sacrum", name: "base of spine", one: "base of spine", many: "base of spine", views: "B", optIn: true, also: []string{"tailbone"}},
	{id: "low_back", name: "lower back", one: "lower back", many: "lower back", views: "B"},
	{id: "mid_back", name: "middle back", one: "middle back", many: "middle back", views: "B"},
	{id: "upper_back", name: "upper back", one: "upper back", many: "upper back", views: "B"},
	{id: "shoulder_blade", name: "shoulder blade", one: "shoulder blade", many: "shoulder blades", paired: true, views: "B"},
	{id: "shoulder", name: "top of shoulder", one: "top of shoulder", many: "tops of shoulders", sided: "top of % shoulder", paired: true, views: "FB"},
	{id: "upper_arm", name: "upper arm", one: "upper arm", many: "upper arms", paired: true, views: "FB"},
	{id: "elbow", name: "elbow", one: "elbow", many: "elbows", paired: true, views: "FB"},
	{id: "forearm", name: "forearm", one: "forearm", many: "forearms", paired: true, views: "FB"},
	{id: "wrist", name: "wrist", one: "wrist", many: "wrists", paired: true, views: "FB"},
	{id: "palm", name: "palm", one: "palm", many: "palms", paired: true, views: "F"},
	{id: "hand_back", name: "back of hand", one: "back of hand", many: "backs of hands", sided: "back of % hand", paired: true, views: "B"},
	{id: "fingers", name: "fingers and thumb", one: "fingers", many: "fingers", paired: true, views: "FB", also: []string{"finger", "thumb", "thumbs", "fingers and thumbs"}},
	{id: "neck_back", name: "back of neck", one: "back of neck", many: "back of neck", views: "B", also: []string{"neck"}},
	{id: "throat", name: "throat", one: "throat", many: "throat", views: "F", optIn: true},
	{id: "jaw", name: "jaw", one: "jaw", many: "jaw", sided: "% side of jaw", paired: true, views: "F", optIn: true},
	{id: "mouth", name: "mouth and lips", one: "mouth", many: "mouth", views: "F", optIn: true, also: []string{"lips"}},
	{id: "cheeks", name: "cheeks", one: "cheek", many: "cheeks", paired: true, views: "F"},
	{id: "eyes", name: "eyes and brow", one: "eyes", many: "eyes", views: "F", also: []string{"eye", "brow", "forehead"}},
	{id: "ears", name: "ears", one: "ear", many: "ears", paired: true, views: "FB"},
	{id: "scalp", name: "scalp", one: "scalp", many: "scalp", views: "FB"},
}

// group is a wider word and the regions it means. Opt-in regions are never
// inside one: a wide word must not lead anyone somewhere they did not ask for.
type group struct {
	words []string
	ids   []string
}

// groups are the wide words of everyday speech, then those of therapists; never
// written to.
var groups = []group{
	{[]string{"feet", "foot"}, []string{"sole", "toes", "foot_top", "heel"}},
	{[]string{"lower legs", "lower leg"}, []string{"shin", "calf"}},
	{[]string{"thighs", "thigh"}, []string{"thigh_front", "thigh_back"}},
	{[]string{"legs", "leg"}, []string{"ankle", "shin", "calf", "knee", "knee_back", "thigh_front", "thigh_back"}},
	{[]string{"hands", "hand"}, []string{"palm", "hand_back", "fingers"}},
	{[]string{"arms", "arm"}, []string{"upper_arm", "elbow", "forearm", "wrist"}},
	{[]string{"shoulders", "shoulder"}, []string{"shoulder", "shoulder_blade"}},
	{[]string{"back"}, []string{"low_back", "mid_back", "upper_back"}},
	{[]string{"face"}, []string{"eyes", "cheeks"}},
	{[]string{"head"}, []string{"scalp", "eyes", "cheeks", "ears"}},

	{[]string{"traps", "trapezius"}, []string{"shoulder", "neck_back"}},
	{[]string{"rhomboids", "rhomboid"}, []string{"upper_back"}},
	{[]string{"lats", "lat"}, []string{"mid_back"}},
	{[]string{"ql", "quadratus lumborum"}, []string{"low_back"}},
	{[]string{"glutes", "glute"}, []string{"buttock"}},
	{[]string{"quads", "quad"}, []string{"thigh_front"}},
	{[]string{"hamstrings", "hamstring"}, []string{"thigh_back"}},
	{[]string{"it band", "it bands"}, []string{"hip", "thigh_front", "thigh_back"}},
	{[]string{"tmj"}, []string{"jaw"}},
	{[]string{"suboccipitals"}, []string{"neck_back"}},
	{[]string{"pecs", "pec"}, []string{"chest"}},
	{[]string{"psoas"}, []string{"belly"}},
}

func partByID(id string) (part, bool) {
	i := slices.IndexFunc(parts, func(p part) bool { return p.id == id })
	if i < 0 {
		return part{}, false
	}
	return parts[i], true
}
