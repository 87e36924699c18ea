//go:build !linux && !darwin && !windows

package sleep

import "time"

func slept() time.Duration { return 0 }
