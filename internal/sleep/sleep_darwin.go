package sleep

import (
	"time"

	"golang.org/x/sys/unix"
)

// From macOS's time.h: the first goes on in sleep, the second does not.
const (
	clockMonotonic = 6
	clockUptime    = 8
)

// slept is the difference of two clocks that differ in nothing else, but that
// the first is also steered by the network's time: by far less than a second.
func slept() time.Duration {
	awake := clock(clockUptime)
	return clock(clockMonotonic) - awake
}

func clock(id int32) time.Duration {
	var at unix.Timespec
	if unix.ClockGettime(id, &at) != nil {
		return 0
	}
	return time.Duration(at.Nano())
}
