package main

import (
	"fmt"

	"stillpoint/internal/journal"
	"stillpoint/internal/room"
	"stillpoint/internal/session"
)

// journal is the person's own, in their data folder.
func (c *call) journal(data string) *journal.Journal {
	j, err := journal.Open(journal.Config{
		Folder:   data,
		Troubled: func(err error) { fmt.Fprintf(c.stderr, "stillpoint: the journal: %v\n", err) },
	})
	if err != nil {
		fmt.Fprintf(c.stderr, "stillpoint: %v. Sessions work without it.\n", err)
	}
	return j
}

// followed keeps what happens in the home room, and in no other.
func followed(j *journal.Journal) func(string, session.Event, session.State) {
	return func(name string, e session.Event, after session.State) {
		if name == room.Home {
			j.Happened(e, after)
		}
	}
}
