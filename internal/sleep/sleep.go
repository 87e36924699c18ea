// Package sleep tells for how long this computer has been asleep.
//
// A lid is closed in the middle of a session, and opened hours later by someone
// who thinks of something else. Where the monotonic clock stands still
// meanwhile nothing else in the program would notice, and sound would begin by
// itself; where it goes on, the session would have gone on unheard. The wall clock is no help: it is also set by hand, and over
// the network.
package sleep

import "time"

// Slept is for how long this computer has slept since it was started. Where the
// system does not tell, it never sleeps.
func Slept() time.Duration { return slept() }
