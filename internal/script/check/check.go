// Package check reads a script that asks for trauma-sensitive care and points
// at whatever in it is not: words that order people about, silences that leave
// them alone too long, breaths that are held.
//
// It judges the script as it is written, at the pace it would be spoken, and
// only what can be judged by rule; a therapist's reading comes after it, not
// instead of it. It knows nothing of files, people or clock times.
package check

import (
	"fmt"
	"time"

	"stillpoint/internal/script"
)

// The bounds of trauma-sensitive scripts. They are this product's own, drawn
// from trauma-sensitive mindfulness and yoga; the practice gives no numbers.
const (
	eyesWithin  = 30 * time.Second // R6: the eyes are offered to be open by then
	mostInside  = 3 * time.Minute  // R10: back to the room at least so often
	mostSilence = 25 * time.Second // longer unexplained quiet can feel like being left, or like a crash

	wordsAMinute = 110 // the middle of 100 to 120, an unhurried voice
	anchorWords  = 12  // about what an anchor prompt says
)

// Check lists what in a script is not trauma-sensitive, in the order of its
// lines, shortened like any faults; the File of each is for the caller to fill.
// Nil for a script that does not ask for care. Rules about words hold for the
// languages that have a list of them; scripts in others get only those about
// structure.
func Check(s *script.Script) []script.Fault {
	if !s.Care {
		return nil
	}
	ms := moments(s)
	faults := script.Faults(nil)
	for _, rule := range structure {
		faults = append(faults, rule(s, ms)...)
	}
	if list := lists[script.Primary(s.Language)]; list != nil {
		for _, rule := range wording {
			faults = append(faults, rule(list, ms)...)
		}
	}
	return faults.Shortened()
}

// rule finds what breaks it.
type rule func(*script.Script, []moment) []script.Fault

// The rules; never written to.
var (
	structure = []rule{outsideOften, shortSilences, endsOutside, noHolds}
	wording   = []func(*list, []moment) []script.Fault{(*list).eyesOpen, (*list).noBareClosing, (*list).noHarshWords, (*list).noNeedToFill}
)

// moment is an item and when it would be heard: spoken at wordsAMinute, silences
// as written, waits as no time at all.
type moment struct {
	script.Item
	section  *script.Section
	from, to time.Duration
	words    words // of a prompt
}

func moments(s *script.Script) []moment {
	var ms []moment
	now := time.Duration(0)
	for section, item := range s.Items() {
		m := moment{Item: item, section: section, from: now}
		switch i := item.(type) {
		case script.Prompt:
			m.words = wordsOf(i.Text)
			now += speaking(len(m.words)) + i.Silence.Length
		case script.AnchorPrompt:
			now += speaking(anchorWords) + i.Silence.Length
		case script.Quiet:
			now += i.Length
		case script.Breathe:
			now += i.Length()
		}
		m.to = now
		ms = append(ms, m)
	}
	return ms
}

func speaking(words int) time.Duration { return time.Duration(words) * time.Minute / wordsAMinute }

func fault(i script.Item, try, format string, a ...any) script.Fault {
	return script.Fault{Line: script.Line(i), What: fmt.Sprintf(format, a...), Try: try}
}

// outsideOften: attention comes back to the room at least every three minutes
// (R10). On the table a therapist is there, and long quiet is what was agreed.
func outsideOften(s *script.Script, ms []moment) (faults []script.Fault) {
	if s.Kind == script.Treatment {
		return nil
	}
	last, outside := time.Duration(0), false
	for n, m := range ms {
		if n > 0 && m.section != ms[n-1].section {
			outside = false
		}
		switch m.Item.(type) {
		case script.Outside:
			outside = true
		case script.Place, script.Breathe:
			outside = false
		}
		if outside {
			last = m.to
		} else if m.to-last > mostInside {
			faults = append(faults, fault(m.Item, "[outside] and a sound or something to look at, before this or in its middle",
				"by the end of this it is more than 3 minutes since attention was last outside"))
			last = m.to
		}
	}
	return faults
}

// shortSilences: no more than 25 seconds with nothing said, treatments apart.
func shortSilences(s *script.Script, ms []moment) (faults []script.Fault) {
	if s.Kind == script.Treatment {
		return nil
	}
	for _, m := range ms {
		var d time.Duration
		switch i := m.Item.(type) {
		case script.Prompt:
			d = i.Silence.Length
		case script.AnchorPrompt:
			d = i.Silence.Length
		case script.Quiet:
			d = i.Length
		}
		if d > mostSilence {
			faults = append(faults, fault(m.Item, "[25] at most, then a few words, or [anchor]", "this silence is longer than 25 seconds"))
		}
	}
	return faults
}

// endsOutside: the last section does not leave attention in the body.
func endsOutside(_ *script.Script, ms []moment) []script.Fault {
	for i := len(ms) - 1; i >= 0 && ms[i].section == ms[len(ms)-1].section; i-- {
		switch at := ms[i].Item.(type) {
		case script.Outside:
			return nil
		case script.Place:
			if len(at.Regions) == 0 {
				return nil
			}
			return []script.Fault{fault(at, "[outside] before the last words", "the script ends with attention still at a part of the body")}
		}
	}
	return nil
}

// noHolds: level 2 is opt-in behind an advisory, so never inside a script that
// promises care.
func noHolds(_ *script.Script, ms []moment) (faults []script.Fault) {
	for _, m := range ms {
		if b, ok := m.Item.(script.Breathe); ok && b.Level() >= 2 {
			faults = append(faults, fault(b, "extend_4_6 or coherent_6, which have no holds", "%s holds the breath, which a trauma-sensitive script does not ask for", b.Pattern.ID))
		}
	}
	return faults
}
