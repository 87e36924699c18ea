package sleep

import (
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

var (
	unbiased = windows.NewLazySystemDLL("kernel32.dll").NewProc("QueryUnbiasedInterruptTime")
	biased   = windows.NewLazySystemDLL("kernelbase.dll").NewProc("QueryInterruptTime")
)

// slept is by how much the interrupt time is ahead of itself without the sleep.
func slept() time.Duration {
	if biased.Find() != nil || unbiased.Find() != nil {
		return 0
	}
	awake := read(unbiased)
	return read(biased) - awake
}

func read(clock *windows.LazyProc) time.Duration {
	var at uint64 // 100 ns
	clock.Call(uintptr(unsafe.Pointer(&at)))
	return time.Duration(at) * 100
}
