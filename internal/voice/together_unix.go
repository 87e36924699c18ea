//go:build unix

package voice

import (
	"os/exec"
	"syscall"
)

// together makes sure that a program that is ended takes those it has started with
// it: engines are often scripts around another.
func together(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
