// Command stillpoint serves guided sessions to the browsers in a room, plays
// their sound, and works with scripts from the command line.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

func main() {
	log.SetOutput(io.Discard) // a library tells there, at every frame, that it has rarely seen FLAC at 24 kHz
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// command is one word of the command line.
type command struct {
	name string
	line string // how it is written
	does string // what it does, in one line
	more string // what else a person may want to know
	run  func(ctx context.Context, c *call) error
}

// call is one use of a command.
type call struct {
	args           []string
	flags          *flag.FlagSet
	stdin          io.Reader
	stdout, stderr io.Writer
}

func commands() []command {
	return []command{
		{"serve", "serve [--listen ADDRESS] [--data FOLDER] [--speaker auto|none|NAME] [--no-open]", "opens Stillpoint in your browser", serveMore, serve},
		{"list", "list", "lists the scripts there are", listMore, list},
		{"check", "check FILE…", "looks a script over and says what could be mended", checkMore, checkCommand},
		{"print", "print SCRIPT [--length 10m] [--leave-out chest,…]", "shows a script with every time worked out", printMore, printScript},
		{"render", "render SCRIPT -o FILE.wav|.flac|.mp3", "writes a session's sound to a file", renderMore, render},
		{"voices", "voices [SCRIPT]", "lists the voices there are", voicesMore, voicesCommand},
		{"record", "record SCRIPT [LINE FILE.wav | LINE --forget]", "keeps your own recordings of a script's words", recordMore, record},
		{"journal", "journal [export FILE.json|.csv|.html | erase]", "says what your journal is, and takes it away", journalMore, journalCommand},
		{"version", "version", "says which Stillpoint this is", "", version},
	}
}

// errFaults ends a command with exit code 1 when everything has been said.
var errFaults = errors.New("faults were found")

// run is the whole program: it returns the exit code (0 done, 1 it did not
// work, 2 it was not understood).
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	name, rest := "serve", args
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		name, rest = args[0], args[1:]
	}
	switch {
	case name == "help" || len(args) > 0 && (args[0] == "-h" || args[0] == "--help" || args[0] == "-help"):
		fmt.Fprint(stdout, help(rest))
		return 0
	}
	for _, cmd := range commands() {
		if cmd.name == name {
			return cmd.do(ctx, &call{rest, flag.NewFlagSet(name, flag.ContinueOnError), stdin, stdout, stderr})
		}
	}
	fmt.Fprintf(stderr, "stillpoint: there is no command “%s”. %s\n", name, didYouMean(name))
	return 2
}

func (cmd command) do(ctx context.Context, c *call) int {
	c.flags.SetOutput(io.Discard)
	err := cmd.run(ctx, c)
	var misused usage
	switch {
	case err == nil:
		return 0
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(c.stdout, cmd.help())
		return 0
	case errors.Is(err, errFaults):
		return 1
	case errors.As(err, &misused):
		fmt.Fprintf(c.stderr, "stillpoint: %v\nIt is written: stillpoint %s\n", err, cmd.line)
		return 2
	}
	fmt.Fprintf(c.stderr, "stillpoint: %v\n", err)
	return 1
}

// usage is a fault in how a command was written.
type usage string

func (u usage) Error() string { return string(u) }

// parse reads flags wherever they stand among the other words, which it returns.
func (c *call) parse() (words []string, err error) {
	args := c.args
	for {
		if err := c.flags.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return nil, err
			}
			return nil, usage(err.Error())
		}
		args = c.flags.Args()
		if len(args) == 0 {
			return words, nil
		}
		words, args = append(words, args[0]), args[1:]
	}
}
