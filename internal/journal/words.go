package journal

// Sensations is every word a region may be noted with. Nothing felt, and not being
// sure, are answers like any other.
func Sensations() []string {
	return []string{"warm", "cool", "heavy", "light", "tight", "loose", "soft", "buzzing", "tingling", "pulsing", "still",
		"numb", "achy", "sore", "open", "full", "empty", "shaky", "steady", "nothing", "not_sure"}
}

// Feelings is every word for how someone is.
func Feelings() []string {
	return []string{"calm", "sad", "angry", "afraid", "tender", "tired", "restless", "glad", "flat", "mixed", "unsure", "rather_not_say"}
}

// sensations and feelings are the same lists, made once and never written to.
var sensations, feelings = Sensations(), Feelings()
