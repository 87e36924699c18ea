package library

import (
	"fmt"
	"time"

	"stillpoint/internal/script"
)

// composition is a breath with words around it.
type composition struct {
	breath script.Breathe
	rounds []script.Breathe
	said   *phrases
}

// script is the whole of it. What has a hold asks for no trauma-sensitive care, as
// that has none; its words are the same.
func (c composition) script() *script.Script {
	s := &script.Script{
		Title: c.said.title(c.breath), Summary: c.summary(), Language: c.said.language,
		Kind: script.Breathing, Care: c.breath.Level() < 2, Author: "Stillpoint",
	}
	s.Sections = append(s.Sections, c.beginning())
	for i := range c.rounds {
		s.Sections = append(s.Sections, c.round(i))
	}
	s.Sections = append(s.Sections, c.closing())
	numberLines(s)
	return s
}

// brief is a composition of one round: it has no bells, and fewer words.
func (c composition) brief() bool { return len(c.rounds) == 1 }

func (c composition) summary() string {
	total := time.Duration(0)
	for _, r := range c.rounds {
		total += r.Length()
	}
	return c.said.summary(c.breath, len(c.rounds), total < settling)
}

// beginning offers open eyes within its first half minute (R6).
func (c composition) beginning() script.Section {
	s := script.Section{Title: c.said.beginning}
	if !c.brief() {
		s.Items = append(s.Items, script.Bell{}, script.Quiet{Length: 4 * time.Second, Fixed: true})
	}
	s.Items = append(s.Items, script.Outside{}, say(c.said.welcome(c.breath), 3), say(c.said.eyes, 4))
	if c.breath.Level() > 0 {
		s.Items = append(s.Items, say(c.said.light, 3))
	}
	if c.breath.Ramp != nil {
		s.Items = append(s.Items, say(c.said.easier, 3))
	}
	if !c.brief() {
		s.Items = append(s.Items, say(c.said.arrive, 12))
	}
	return s
}

// round is one block, what is said before it, and the room after it.
func (c composition) round(i int) script.Section {
	s := script.Section{Title: c.said.round(i+1, len(c.rounds))}
	first, last := i == 0, i == len(c.rounds)-1
	switch {
	case first:
		s.Items = c.instruction()
	case last:
		s.Items = append(s.Items, say(c.said.lastRound(c.breath), 3))
	default:
		s.Items = append(s.Items, say(c.said.nextRound(c.breath, i), 3))
	}
	s.Items = append(s.Items, c.rounds[i])
	if last {
		return s
	}
	s.Items = append(s.Items, script.Outside{}, say(c.said.room(i), 13))
	if first {
		s.Items = append(s.Items, say(c.said.instead, 8))
	}
	return s
}

// instruction says what the breath is like, and that it need not be big: slowing
// down makes many people breathe too deep.
func (c composition) instruction() (items []script.Item) {
	for _, text := range c.said.like(c.breath) {
		items = append(items, say(text, 3))
	}
	if c.breath.Paced() {
		items = append(items, say(c.said.small, 3))
	}
	return items
}

// closing leads out, softly, and ends on no region and no bell of its own.
func (c composition) closing() script.Section {
	s := script.Section{Title: c.said.closing}
	s.Items = append(s.Items, script.Outside{}, say(c.said.free, 9))
	if c.brief() {
		s.Items = append(s.Items, say(c.said.firm, 9))
	} else {
		s.Items = append(s.Items, say(c.said.leave, 12), script.Bell{Name: "closing"}, script.Quiet{Length: 6 * time.Second, Fixed: true})
	}
	s.Items = append(s.Items, say(c.said.end, 4))
	return s
}

// say is a prompt and its silence, in seconds. Nothing here stretches: who wants
// more chooses more breaths.
func say(text string, seconds int) script.Prompt {
	return script.Prompt{Text: text, Silence: script.Silence{Length: time.Duration(seconds) * time.Second, Fixed: true}}
}

// numberLines gives a script the lines it would have as a file, so that whatever
// names a line names one that can be looked at.
func numberLines(s *script.Script) {
	again, err := script.Parse(s.Title, script.Format(s))
	if err != nil {
		panic(fmt.Sprintf("library: a composed script is not a script: %v", err)) // the fuzz test says that it is
	}
	*s = *again
}
