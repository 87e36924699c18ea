//go:build !unix

package voice

import "os/exec"

// together leaves it to the system what becomes of those a program has started.
func together(*exec.Cmd) {}
