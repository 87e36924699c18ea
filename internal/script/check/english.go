package check

var english = list{
	openEyes: [][]string{{"eyes", "open"}, {"eyes", "around"}, {"look", "around"}},
	closing:  []string{"close your eyes", "close the eyes", "close both eyes", "closing your eyes", "shut your eyes", "eyes close", "eyes closed"},
	open:     []string{"open"},
	eyes:     "Your eyes might be open, half open or closed.",
	harsh: []harsh{
		{"must", "leaves no choice", "you could"},
		{"should", "leaves no choice", "you might"},
		{"relax", "asks for what cannot be done on request", "it can stay just as it is"},
		{"calm down", "says that something is wrong", "there is nothing to change"},
		{"let go", "can ask for more than is safe", "it might soften, or stay as it is"},
		{"surrender", "gives up a choice", "rest as much or as little as you like"},
		{"deeper and deeper", "takes away the bottom", "as far as is comfortable"},
		{"good", "judges", "enough, comfortable or steady"},
		{"for me", "makes it a favour", "leaving it out, or if you like"},
		{"take a deep breath", "leads to breathing too much", "Small, soft breaths. No need to fill up."},
	},
	noFilling: "no need to fill",
	soft:      "Small, soft breaths. No need to fill up.",
}
