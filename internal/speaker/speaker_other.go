//go:build !linux && !darwin && !windows

package speaker

import "github.com/faiface/beep"

func open(string, beep.Streamer) (*Speaker, error) { return nil, ErrNone }

func list() ([]string, error) { return nil, ErrNone }
