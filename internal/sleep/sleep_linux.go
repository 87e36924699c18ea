package sleep

import (
	"time"

	"golang.org/x/sys/unix"
)

// slept is the difference of two clocks that differ in nothing else. They are
// read one after the other, so it is true to a few microseconds.
func slept() time.Duration {
	awake := clock(unix.CLOCK_MONOTONIC)
	return clock(unix.CLOCK_BOOTTIME) - awake
}

func clock(id int32) time.Duration {
	var at unix.Timespec
	if unix.ClockGettime(id, &at) != nil {
		return 0
	}
	return time.Duration(at.Nano())
}
