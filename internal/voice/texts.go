package voice

import (
	"slices"

	"stillpoint/internal/script"
	"stillpoint/internal/timeline"
)

// Texts is every text a script may have spoken, each once, in the order they
// come. A session may change its anchor on the way, so where a script names the
// anchor, all of them are there.
func Texts(s *script.Script) (texts []string) {
	add := func(text string) {
		if !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	for _, section := range s.Sections {
		for _, item := range section.Items {
			switch i := item.(type) {
			case script.Prompt:
				add(i.Text)
			case script.AnchorPrompt:
				for _, a := range script.Anchors {
					add(timeline.AnchorPrompt(s.Language, a))
				}
			}
		}
	}
	return texts
}

// samples are what a voice says to be tried, by language.
var samples = map[string]string{
	"en": "You can pause or stop at any moment.",
	"de": "Du kannst jederzeit innehalten oder aufhören.",
	"es": "Puedes hacer una pausa o parar en cualquier momento.",
	"fr": "Vous pouvez faire une pause ou arrêter à tout moment.",
}

// Sample is what a voice says to be tried, in a language or else in English.
func Sample(language string) string {
	if text, ok := samples[base(language)]; ok {
		return text
	}
	return samples["en"]
}
