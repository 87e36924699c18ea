package sleep

import (
	"testing"
	"time"
)

// A computer that runs a test is awake.
func TestAwake(t *testing.T) {
	before := Slept()
	if before < 0 || before > 100*365*24*time.Hour {
		t.Fatalf("it has slept for %v", before)
	}
	for range 1000 {
		if more := Slept() - before; more < -time.Millisecond || more > time.Second {
			t.Fatalf("it slept for %v on the way", more)
		}
	}
}
