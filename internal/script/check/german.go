package check

var german = list{
	openEyes: [][]string{
		{"augen", "offen"}, {"augen", "offenen"}, {"augen", "wandern"}, {"augen", "schweifen"}, {"blick", "schweifen"},
		{"schaust", "um"}, {"schau", "um"}, {"sieh", "um"}, {"siehst", "um"}, {"umschauen"}, {"umsehen"}, {"umzusehen"}, {"umzuschauen"},
	},
	closing: []string{
		"schließ die augen", "schließe die augen", "schließ deine augen", "schließe deine augen", "schließt die augen", "schließt deine augen",
		"augen schließen", "augen zu schließen", "augen zumachen", "mach die augen zu", "augen geschlossen", "geschlossenen augen",
	},
	open: []string{"offen", "offene", "offenen", "öffnen", "geöffnet", "geöffneten"},
	eyes: "Deine Augen können offen, halb offen oder geschlossen sein.",
	harsh: []harsh{
		{"musst", "leaves no choice", "du könntest"},
		{"sollst", "leaves no choice", "du könntest"},
		{"solltest", "leaves no choice", "vielleicht magst du"},
		{"entspann dich", "asks for what cannot be done on request", "es kann so bleiben, wie es ist"},
		{"entspanne dich", "asks for what cannot be done on request", "es kann so bleiben, wie es ist"},
		{"entspannen", "asks for what cannot be done on request", "es kann so bleiben, wie es ist"},
		{"beruhige dich", "says that something is wrong", "nichts braucht anders zu sein"},
		{"beruhig dich", "says that something is wrong", "nichts braucht anders zu sein"},
		{"lass los", "can ask for more than is safe", "es könnte weicher werden, oder so bleiben"},
		{"lasse los", "can ask for more than is safe", "es könnte weicher werden, oder so bleiben"},
		{"loslassen", "can ask for more than is safe", "es könnte weicher werden, oder so bleiben"},
		{"gib dich hin", "gives up a choice", "ruh so viel oder so wenig, wie du magst"},
		{"hingeben", "gives up a choice", "ruh so viel oder so wenig, wie du magst"},
		{"tiefer und tiefer", "takes away the bottom", "so weit es angenehm ist"},
		{"immer tiefer", "takes away the bottom", "so weit es angenehm ist"},
		{"gut", "judges", "genug, angenehm oder in Ordnung"},
		{"für mich", "makes it a favour", "leaving it out, or wenn du magst"},
		{"atme tief", "leads to breathing too much", "Kleine, weiche Atemzüge. Sie brauchen nicht voll zu werden."},
		{"tief einatmen", "leads to breathing too much", "Kleine, weiche Atemzüge. Sie brauchen nicht voll zu werden."},
		{"tief durchatmen", "leads to breathing too much", "Kleine, weiche Atemzüge. Sie brauchen nicht voll zu werden."},
	},
	noFilling: "nicht voll zu werden",
	soft:      "Kleine, weiche Atemzüge. Sie brauchen nicht voll zu werden.",
}
