package browser

import "testing"

// side is how many tests that measure real time run at once: two cores are enough for
// what two of them show and sound. Where a few milliseconds count, a test runs by itself.
const side = 2

// realTime is a test whose measure is real time.
type realTime struct {
	name string
	test func(*testing.T)
}

// inRealTime is all of them, the longest first.
var inRealTime = []realTime{
	{"TheSoundGoesOnAndComesBack", theSoundGoesOnAndComesBack},
	{"CuesAreHeardInTheirPlaces", cuesAreHeardInTheirPlaces},
	{"TheCopyIsTheTrack", theCopyIsTheTrack},
	{"LevelsChangeWithoutAHole", levelsChangeWithoutAHole},
	{"TheBrowserSpeaks", theBrowserSpeaks},
	{"TakingOverNeverSoundsTwice", takingOverNeverSoundsTwice},
	{"TheSoundIsFoundWithoutItsServer", theSoundIsFoundWithoutItsServer},
	{"TheSoundOfAServerThatDied", theSoundOfAServerThatDied},
	{"APauseElsewhereIsHeard", aPauseElsewhereIsHeard},
	{"AServerThatDoesNotKnowTheSession", aServerThatDoesNotKnowTheSession},
	{"ALineThatIsCut", aLineThatIsCut},
	{"AWindowThatWasFrozen", aWindowThatWasFrozen},
	{"AWindowThatIsHidden", aWindowThatIsHidden},
	{"ServerDies", serverDies},
	{"ALoudspeakerIsWoken", aLoudspeakerIsWoken},
	{"RunningSessionIsLight", runningSessionIsLight},
}

// What is measured in real time is measured apart from everything else.
func TestInRealTime(t *testing.T) {
	places := make(chan struct{}, side)
	for _, each := range inRealTime {
		t.Run(each.name, func(t *testing.T) {
			t.Parallel()
			places <- struct{}{}
			defer func() { <-places }()
			each.test(t)
		})
	}
}
