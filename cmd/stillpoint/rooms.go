package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"stillpoint/internal/room"
	"stillpoint/internal/server"
	"stillpoint/internal/session"
)

// roomTime is room time 0 in every run, so that it goes on from one to the next.
var roomTime = time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)

// keptRooms is where treatment rooms outlive the program, in the person's folder.
func (c *call) keptRooms(data string) (*room.Files, error) {
	files, err := room.OpenFiles(filepath.Join(data, "rooms"), func(err error) {
		fmt.Fprintf(c.stderr, "stillpoint: %v. Sessions go on; one would not outlast this program.\n", err)
	})
	if err != nil {
		return nil, notWritable(data, err)
	}
	return files, nil
}

// leftIn is the rooms that an earlier run has left and that are there still. What is
// kept of one that was taken away is forgotten, unless nobody knows which there are.
func leftIn(kept *room.Files, rooms *server.Rooms, known bool) []string {
	names := kept.Rooms()
	left := rooms.Left(names)
	for _, name := range names {
		if known && !slices.Contains(left, name) {
			kept.Forget(name)
		}
	}
	return left
}

// both tells two of what happens, one after the other.
func both(first, second func(string, session.Event, session.State)) func(string, session.Event, session.State) {
	return func(name string, e session.Event, after session.State) {
		first(name, e, after)
		second(name, e, after)
	}
}
