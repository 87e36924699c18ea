package script

import "strings"

// Primary is the language itself of a language tag, without its region: "de" for
// "de-AT". English where there is none.
func Primary(language string) string {
	primary, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(language, "_", "-")), "-")
	if primary == "" {
		return "en"
	}
	return primary
}
