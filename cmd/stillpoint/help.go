package main

import (
	"context"
	"fmt"
	"runtime/debug"
	"strings"

	"stillpoint/internal/script"
)

const serveMore = `
Opens a page in your browser and plays sessions there. Only this computer can
reach it. Press Ctrl-C here to end it. A session at home is over then; one in a
treatment room goes on if you begin again within a minute, and later is paused
where it was.

In a treatment room you can switch the local network on, in the page or with
--network. Then tablets and phones on the same private network can join, each after
you let it in. It goes off by itself at midnight, and not within four hours of being
switched on; it is never open to the internet. docs/network.md has the rest.

  --network           begins with the local network switched on
  --network-address A at this one of the computer's private addresses alone
  --secure-port 7443  where devices join, encrypted
  --plain-port 7412   where a remote joins without encryption, and where a device
                      finds the certificate that you may have it trust

  --listen ADDRESS    where to listen (127.0.0.1:7411; port 0 takes any free one)
  --data FOLDER       where your own scripts and settings are kept
  --speaker NAME      auto finds the computer's sound, none leaves it silent, or
                      the name of one of its sound devices
  --no-open           does not open the browser
`

const listMore = `
Lists the built-in scripts and then those in your own folder, which it names.

  --data FOLDER       where your own scripts are kept
`

const checkMore = `
Reads each file and says, line by line, what Stillpoint does not understand and,
for trauma-sensitive scripts, what the practice would ask to change.
`

const printMore = `
SCRIPT is a name from “stillpoint list” or a file. You see each thing that is said,
shown or sounded, with the minute and second at which it begins and ends.

  --length 10m        another length (10m, 90s, 1h)
  --leave-out LIST    regions to leave out: chest,left sole
  --welcome LIST      regions that rest unless welcomed: belly,jaw
  --anchor NAME       feet, hands, support, sounds, sight or breath
  --pace 1.1          breaths longer (or shorter) by this much
  --own-pace 12       your own breaths a minute, for scripts that begin there
  --beneath NAME      pink, brown, rain, ocean, drone or none, instead of its own
  --who NAME          who speaks: a name from “stillpoint voices”, or none
  --data FOLDER       where your own scripts are kept
`

const renderMore = `
Writes the sound of a whole session as a file, to play anywhere; its sections are
chapters. Takes the same choices as print, and:

  -o FILE             the file to write. Its ending says which kind: .mp3 plays
                      everywhere and is a megabyte a minute; .wav and .flac are
                      the very sound, .flac in less room
  --report            says how loud everything is, with or without a file
  --bells 0-100, --breath 0-100, --ambience 0-100, --voice 0-100
`

const voicesMore = `
Lists who can speak: your own recordings, the voices that come with Stillpoint,
piper where it is installed, and the voice of this computer. With a SCRIPT it says
how much of it each can say.

  --data FOLDER       where your own recordings are kept
`

const recordMore = `
Without more words it lists what SCRIPT says, a line each, with its number. With a
LINE and a file, that line is from now on heard as you recorded it, whatever voice
says the rest. WAV and FLAC are read, up to ten minutes; silence around the words
is taken away, and the level is brought to that of the other voices.

  --forget            the line is said as before; your own file stays where it is
  --data FOLDER       where your own recordings are kept
`

const journalMore = `
Without more words it says where your journal is, whether it is on, and how many
entries it has. It is turned on in the page, and until then there is no file.

  export FILE         writes it to a file. Its ending says which kind: .json and .csv
                      can be taken in again in the page; .html is to read and print
  --left-out          with the regions that were left out
  erase               says what there is to erase; with --all it is erased for good
  --data FOLDER       where your journal is kept
`

// help is everything, or one command's page.
func help(words []string) string {
	if len(words) > 0 {
		for _, c := range commands() {
			if c.name == words[0] {
				return c.help()
			}
		}
	}
	var b strings.Builder
	b.WriteString("Stillpoint is a guided-session timer and breathing companion.\nAnyone in the room can pause or stop it, at any moment.\n\n")
	for _, c := range commands() {
		fmt.Fprintf(&b, "  stillpoint %-8s %s\n", c.name, c.does)
	}
	b.WriteString("\nWithout a word it opens in your browser. “stillpoint help print” tells more of one.\n")
	return b.String()
}

func (cmd command) help() string {
	return fmt.Sprintf("stillpoint %s\n%s.\n%s", cmd.line, strings.ToUpper(cmd.does[:1])+cmd.does[1:], cmd.more)
}

func didYouMean(word string) string {
	var names []string
	for _, c := range commands() {
		names = append(names, c.name)
	}
	if near := script.Nearest(word, names); len(near) > 0 {
		return "Perhaps “" + near[0] + "”? “stillpoint help” lists them all."
	}
	return "“stillpoint help” lists them all."
}

func version(_ context.Context, c *call) error {
	if _, err := c.parse(); err != nil {
		return err
	}
	fmt.Fprintln(c.stdout, "stillpoint", buildVersion())
	return nil
}

// buildVersion names the build as the Go toolchain knows it.
func buildVersion() string {
	build, ok := debug.ReadBuildInfo()
	if !ok || build.Main.Version == "" || build.Main.Version == "(devel)" {
		return "0.1 (built from source)"
	}
	return build.Main.Version
}
