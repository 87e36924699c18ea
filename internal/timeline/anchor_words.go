package timeline

import "stillpoint/internal/script"

// anchorWords is what an `[anchor]` direction says, by language. Every one is an
// invitation, and none is about breath unless breath was chosen (R7). Never
// written to.
var anchorWords = map[string]map[script.Anchor]string{
	"en": {
		script.Feet:    "If you like, come back to your feet, and to whatever is under them.",
		script.Hands:   "If you like, come back to your hands, and to whatever they touch.",
		script.Support: "If you like, come back to what is holding you up.",
		script.Sounds:  "If you like, come back to the sounds around you, near or far.",
		script.Sight:   "If you like, come back to something you can see, and let your eyes stay with it.",
		script.Breath:  "If you like, come back to your breath, just as it comes and goes.",
	},
	"de": {
		script.Feet:    "Wenn du magst, komm zurück zu deinen Füßen und zu dem, was unter ihnen ist.",
		script.Hands:   "Wenn du magst, komm zurück zu deinen Händen und zu dem, was sie berühren.",
		script.Support: "Wenn du magst, komm zurück zu dem, was dich trägt.",
		script.Sounds:  "Wenn du magst, komm zurück zu den Geräuschen um dich her, nah oder fern.",
		script.Sight:   "Wenn du magst, komm zurück zu etwas, das du sehen kannst, und lass die Augen dort verweilen.",
		script.Breath:  "Wenn du magst, komm zurück zu deinem Atem, so wie er gerade kommt und geht.",
	},
	"es": {
		script.Feet:    "Si quieres, vuelve a tus pies y a lo que haya debajo de ellos.",
		script.Hands:   "Si quieres, vuelve a tus manos y a lo que estén tocando.",
		script.Support: "Si quieres, vuelve a lo que te sostiene.",
		script.Sounds:  "Si quieres, vuelve a los sonidos que te rodean, cercanos o lejanos.",
		script.Sight:   "Si quieres, vuelve a algo que puedas ver y deja que tus ojos se queden ahí.",
		script.Breath:  "Si quieres, vuelve a tu respiración, tal como viene y se va.",
	},
}
