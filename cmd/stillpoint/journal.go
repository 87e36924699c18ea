package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"stillpoint/internal/journal"
	"stillpoint/internal/room"
	"stillpoint/internal/session"
)

// journal is the person's own, in their data folder.
func (c *call) journal(data string) (*journal.Journal, error) {
	return journal.Open(journal.Config{
		Folder:   data,
		Troubled: func(err error) { fmt.Fprintf(c.stderr, "stillpoint: the journal: %v\n", err) },
	})
}

// followed keeps what happens in the home room, and in no other.
func followed(j *journal.Journal) func(string, session.Event, session.State) {
	return func(name string, e session.Event, after session.State) {
		if name == room.Home {
			j.Happened(e, after)
		}
	}
}

// journalCommand says what the journal is, takes it away, and erases it.
func journalCommand(ctx context.Context, c *call) error {
	data := c.dataFlag()
	all := c.flags.Bool("all", false, "")
	leftOut := c.flags.Bool("left-out", false, "")
	words, err := c.parse()
	if err != nil {
		return err
	}
	switch {
	case len(words) == 0:
		return journalState(ctx, c, *data)
	case words[0] == "export" && len(words) == 2:
		return journalExport(ctx, c, *data, words[1], *leftOut)
	case words[0] == "erase" && len(words) == 1:
		return journalErase(ctx, c, *data, *all)
	}
	return usage("journal can be followed by export and a file, or by erase")
}

func journalState(ctx context.Context, c *call, data string) error {
	j, err := c.journal(data)
	if err != nil {
		return err
	}
	defer j.Close()
	state, err := j.State(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "The journal is %s, with %s: %s\n", map[bool]string{true: "on", false: "off"}[state.On], entries(state.Count), state.Place)
	return nil
}

func entries(n int) string {
	if n == 1 {
		return "1 entry"
	}
	return fmt.Sprintf("%d entries", n)
}

func journalExport(ctx context.Context, c *call, data, name string, leftOut bool) error {
	format, ok := map[string]journal.Format{".json": journal.JSON, ".csv": journal.CSV, ".html": journal.Page}[strings.ToLower(filepath.Ext(name))]
	if !ok {
		return usage("a journal’s file ends in .json, .csv or .html, and " + name + " does not")
	}
	j, err := c.journal(data)
	if err != nil {
		return err
	}
	defer j.Close()
	_, err = writeWhole(name, 0o600, func(w io.WriteSeeker) error {
		return j.Export(ctx, w, journal.Export{Format: format, LeftOut: leftOut})
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "%s: your journal, for you alone to read.\n", name)
	return nil
}

// journalErase erases nothing unless it is told to erase all.
func journalErase(ctx context.Context, c *call, data string, all bool) error {
	j, err := c.journal(data)
	if err != nil && !all { // one that cannot be read can be erased
		return err
	}
	defer j.Close()
	state, _ := j.State(ctx)
	if !all {
		fmt.Fprintf(c.stdout, "%s could be erased, in %s.\n“stillpoint journal erase --all” erases them for good.\n", entries(state.Count), state.Place)
		return nil
	}
	release, err := holdData(data, "erasing the journal")
	if err != nil {
		return err
	}
	defer release()
	if err := j.EraseAll(ctx); err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "The journal is erased.\n")
	return nil
}
