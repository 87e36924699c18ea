package journal

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"stillpoint/internal/session"
)

// MaxDeeds is how many deeds an account has at most.
const MaxDeeds = 200

// Deed is one thing that happened in a session that somebody led: so that it can be
// read afterwards who paused it, and that going on was agreed to.
type Deed struct {
	After    int64        `json:"after"`    // ms since it began
	Position int64        `json:"position"` // ms
	What     session.Verb `json:"what"`
	Name     string       `json:"name,omitempty"` // of the device
	Role     session.Role `json:"role,omitempty"` // nobody's: it came by itself
	Client   bool         `json:"client,omitempty"`
	Agreed   bool         `json:"agreed,omitempty"`
}

// settleAccount brings an account into its one form, or says what in it cannot be.
func (e *Entry) settleAccount() error {
	if len(e.Account) > MaxDeeds {
		return fmt.Errorf("the account has %d lines, and there is room for %d. Try: fewer", len(e.Account), MaxDeeds)
	}
	if len(e.Account) == 0 {
		e.Account = nil
	}
	for i := range e.Account {
		d := &e.Account[i]
		d.Name = tidy(d.Name)
		if err := d.check(); err != nil {
			return fmt.Errorf("line %d of the account: %w", i+1, err)
		}
	}
	return nil
}

func (d *Deed) check() error {
	switch {
	case !d.What.Told():
		return fmt.Errorf("there is no “%.40s” in a session. Try: the file as it was exported", d.What)
	case d.Role != "" && !d.Role.Joins():
		return fmt.Errorf("there is no role “%.40s”. Try: guide, guest, display, remote, or nothing", d.Role)
	case utf8.RuneCountInString(d.Name) > MaxName:
		return fmt.Errorf("the name has more than %d characters. Try: a shorter one", MaxName)
	case d.After < 0 || d.After > maxLength || d.Position < 0 || d.Position > maxLength:
		return fmt.Errorf("it is at a time no session has. Try: milliseconds from 0 to %d", maxLength)
	}
	return nil
}

// pauses is how often what was going on was paused.
func pauses(a []Deed) (n int) {
	goes := false
	for _, d := range a {
		switch d.What {
		case session.Start, session.Resume:
			goes = true
		case session.Pause, session.Alone, session.Out, session.Slept, session.Restarted:
			if goes {
				n++
			}
			goes = false
		case session.Stop, session.Ground, session.End:
			goes = false
		}
	}
	return n
}

// accountText is an account in one line, which accountFrom reads.
func accountText(a []Deed) string {
	if len(a) == 0 {
		return ""
	}
	text, err := json.Marshal(a)
	if err != nil {
		panic(err) // there is nothing in it that could not be written
	}
	return string(text)
}

func accountFrom(text string) (a []Deed, err error) {
	if text == "" {
		return nil, nil
	}
	if err := json.Unmarshal([]byte(text), &a); err != nil {
		return nil, fmt.Errorf("“%.40s” is no account of a session. Try: the file as it was exported", text)
	}
	return a, nil
}

// account is an account as one reads it: "12:04 guest: pause; 12:40 Tablet: resume, agreed".
func (s *pageSheet) account(a []Deed) string {
	var parts []string
	for _, d := range a {
		at := time.Duration(d.After) * time.Millisecond
		parts = append(parts, fmt.Sprintf("%d:%02d %s", int(at.Minutes()), int(at.Seconds())%60, s.deed(d)))
	}
	return strings.Join(parts, "; ")
}

func (s *pageSheet) deed(d Deed) string {
	who := cmp.Or(d.Name, s.by(string(d.Role)))
	if d.Client {
		who = s.by(session.Client)
	}
	text := cmp.Or(s.words["deed."+string(d.What)], some(who != "", "{who}: ")+string(d.What))
	if d.Agreed {
		text = strings.ReplaceAll(cmp.Or(s.words["deed.agreed"], "{what}, agreed"), "{what}", text)
	}
	return strings.ReplaceAll(text, "{who}", who)
}

// by is who did it, of those who have no name.
func (s *pageSheet) by(who string) string { return cmp.Or(s.words["deed.by."+who], who) }
