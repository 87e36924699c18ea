// Package audio turns a timeline and a mix into sound.
//
// Sound is a pure function of (timeline, mix, frame number): a [Score] is
// immutable, and any frame of it can be asked for by itself, in any order and
// in blocks of any size, with the same samples every time. Nothing in it
// remembers the frame before: bells and noise are read from memory, breath tones
// are worked out from their frame number, and the limiter looks at the frames
// around the one it makes.
//
// Three outlets read a score: [Score.Stream] for whoever wants samples,
// [Score.Track] for the file a browser plays or a person keeps, and [Live] for the
// speaker of the computer Stillpoint runs on.
//
// The package must not know rooms, devices or files.
package audio

import "time"

// Rate is the number of frames a second, everywhere.
const Rate = 48000

// frames is how many frames lie within d; negative before it began. Whole seconds
// are counted apart, so that a speaker may run for years.
func frames(d time.Duration) int {
	return int(d/time.Second)*Rate + int(d%time.Second*Rate/time.Second)
}

// length is how long n frames last.
func length(n int) time.Duration {
	return time.Duration(n/Rate)*time.Second + time.Duration(n%Rate)*time.Second/Rate
}
