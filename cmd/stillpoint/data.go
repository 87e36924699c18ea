package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/adrg/xdg"
	"github.com/gofrs/flock"
)

// dataFlag is --data, by default where each system keeps such things.
func (c *call) dataFlag() *string {
	return c.flags.String("data", filepath.Join(xdg.DataHome, "stillpoint"), "")
}

func scriptsFolder(data string) string { return filepath.Join(data, "scripts") }

// holdData makes the data folder, private to the person, and holds it for this
// run of the program, so that two never write to the same files. The lock goes
// with the process, however it ends; the file only says who has it, and where.
func holdData(folder, where string) (release func(), err error) {
	if err := os.MkdirAll(scriptsFolder(folder), 0o700); err != nil {
		return nil, notWritable(folder, err)
	}
	os.Chmod(folder, 0o700) // one that was there already; the journal insists
	name := filepath.Join(folder, "stillpoint.lock")
	lock := flock.New(name, flock.SetPermissions(0o600))
	held, err := lock.TryLock()
	if err != nil {
		return nil, notWritable(folder, err)
	}
	holder := filepath.Join(folder, "holder.txt")
	if !held {
		return nil, fmt.Errorf("another Stillpoint holds %s%s.\nYou might use that one, end it, or give this one its own --data FOLDER", folder, who(holder))
	}
	if err := os.WriteFile(holder, fmt.Appendf(nil, "process %d %s\n", os.Getpid(), where), 0o600); err != nil {
		lock.Unlock()
		return nil, notWritable(folder, err)
	}
	return func() {
		os.Remove(holder)
		lock.Unlock()
	}, nil
}

func who(holder string) string {
	text, err := os.ReadFile(holder)
	if err != nil || len(text) == 0 || len(text) > 200 {
		return ""
	}
	return ": " + strings.TrimSpace(string(text))
}

func notWritable(folder string, err error) error {
	if errors.Is(err, os.ErrPermission) {
		return fmt.Errorf("the folder %s cannot be written to. You might choose another with --data FOLDER (%w)", folder, err)
	}
	return fmt.Errorf("the folder %s cannot be used. You might choose another with --data FOLDER (%w)", folder, err)
}
