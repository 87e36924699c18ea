package timeline

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"stillpoint/internal/script"
)

// WordsAMinute is the pace speech is reckoned at until a real voice says how
// long it takes: the middle of the slow 100–120 that domain practice asks for.
const WordsAMinute = 110

// StillHere is the longest silence a trauma-sensitive script keeps without a
// soft sign that the session is still there (unexplained quiet can feel like
// abandonment, or a crash).
const StillHere = 25 * time.Second

// moment is what a wait takes: the least time there is. Holding at its start, a
// session still shows what was before; what follows it has not begun.
const moment = time.Millisecond

// Compile works out every duration of a script for the settings. It fails with
// a sentence for people when the settings are not valid or when the script
// cannot take the length asked for (*CannotFit).
func Compile(s *script.Script, set Settings, speech Speech) (*Timeline, error) {
	if err := set.check(); err != nil {
		return nil, err
	}
	l := layout{script: s, set: set, speech: speech, pace: newPacer(set)}
	l.expand()
	l.breathe(0)
	l.remember()
	if err := l.fitWhole(); err != nil {
		return nil, err
	}
	l.place()
	for _, e := range set.Edits {
		l.apply(e)
		l.place()
	}
	if l.end() > script.MaxLength {
		return nil, fmt.Errorf("“%s” would be longer than %s, the longest session there is", s.Title, say(script.MaxLength))
	}
	return l.timeline(), nil
}

// check refuses settings that no person's choice could have made.
func (s Settings) check() error {
	switch {
	case s.Length < 0 || s.Length > script.MaxLength:
		return fmt.Errorf("a session can be up to %s long, not %s", say(script.MaxLength), say(s.Length))
	case s.Pace != 0 && !(s.Pace >= MinPace && s.Pace <= MaxPace):
		return fmt.Errorf("the pace can be between %v and %v times the written one, not %v", MinPace, MaxPace, s.Pace)
	case s.OwnPace != 0 && !(s.OwnPace >= minOwn && s.OwnPace <= maxOwn):
		return fmt.Errorf("your own pace can be between %v and %v breaths a minute, not %v", minOwn, maxOwn, s.OwnPace)
	case len(s.Voice) > MaxVoice:
		return fmt.Errorf("a voice's name has at most %d letters", MaxVoice)
	case s.Ambience != "" && s.Ambience != NoAmbience && !slices.Contains(script.Ambiences, s.Ambience):
		return fmt.Errorf("there is no ambience “%.40s”; there are %s, and %s", s.Ambience, strings.Join(script.Ambiences, ", "), NoAmbience)
	case len(s.Edits) > MaxEdits:
		return fmt.Errorf("this session has been changed %d times, which is as far as it goes; begin it anew to change more", MaxEdits)
	case s.Anchor != "" && !slices.Contains(script.Anchors, s.Anchor):
		return fmt.Errorf("there is no anchor “%.40s”; there are %v", s.Anchor, script.Anchors)
	}
	return nil
}

// step is one thing after another: an item of the script and the time it takes.
type step struct {
	item    script.Item
	section int
	place   int             // steps that share one place have the same number; 0 is none
	regions []script.Region // where attention is meanwhile
	outside bool

	words    string        // what is said
	speech   time.Duration // how long saying it takes
	hard     time.Duration // what else cannot stretch: fixed silence, natural breathing
	soft     time.Duration // silence as written, which may stretch
	stretch  time.Duration // what soft became
	least    time.Duration // the least it may become, since a reflow; 0: as ever
	breaths  []breath
	dropped  bool            // left out: takes no time
	ended    time.Duration   // cut short after this long; negative: not
	stay     bool            // a wait that someone's `stay` put here
	times    int             // a breath block that someone made longer or shorter: so many breaths,
	asked    time.Duration   // or so long; both zero: as written
	written  time.Duration   // how long it is in the script's own times
	knots    []knot          // where its written times have come to lie, up to the last edit
	signed   []time.Duration // soft signs that had come when an edit changed this step,
	decided  time.Duration   // which was this far into it
	from, to time.Duration
}

func (s *step) length() (d time.Duration) {
	if s.dropped {
		return 0
	}
	d = s.fixed() + s.stretch
	if s.ended >= 0 {
		d = min(d, s.ended)
	}
	return d
}

// fixed is the part of a step that no fitting changes.
func (s *step) fixed() time.Duration {
	d := s.speech + s.hard
	for _, b := range s.breaths {
		d += b.length()
	}
	return d
}

// remember notes how long every step is as written, before any fitting.
func (l *layout) remember() {
	for i := range l.steps {
		if s := &l.steps[i]; !s.waits() {
			s.written = s.fixed() + s.soft
		}
	}
}

// layout is a script being laid out in time. It lives for one Compile.
type layout struct {
	script *script.Script
	set    Settings
	speech Speech
	pace   pacer
	steps  []step
}

// expand turns items into steps, and drops what the settings leave out.
func (l *layout) expand() {
	places := 0
	for n, section := range l.script.Sections {
		var here step // attention, carried from item to item within a section
		for _, item := range section.Items {
			s := step{item: item, section: n, ended: -1}
			switch i := item.(type) {
			case script.Place:
				places++
				here = step{regions: i.Regions, place: places}
			case script.Outside:
				places++
				here = step{outside: true, place: places}
			case script.Prompt:
				s.say(l, i.Text, i.Silence)
			case script.AnchorPrompt:
				s.say(l, AnchorPrompt(l.script.Language, l.set.anchor()), i.Silence)
			case script.Quiet:
				s.silence(script.Silence{Length: i.Length, Fixed: i.Fixed})
			case script.Breathe:
				if natural(i) {
					s.hard = whole(i.For)
				}
			case script.Wait:
				s.hard = moment
			}
			if _, elsewhere := item.(script.AnchorPrompt); !elsewhere {
				s.place, s.regions, s.outside = here.place, here.regions, here.outside
			}
			s.dropped = s.about() && l.leftOut(s.regions)
			l.steps = append(l.steps, s)
		}
	}
}

func (s *step) say(l *layout, text string, after script.Silence) {
	s.words = text
	s.speech = max(0, whole(l.speech(l.line(text))))
	s.silence(after)
}

// line is a text as this session's voice says it.
func (l *layout) line(text string) Line { return Line{text, l.script.Language, l.set.Voice} }

func (s *step) silence(after script.Silence) {
	if after.Fixed {
		s.hard += whole(after.Length)
		return
	}
	s.soft = whole(after.Length)
	s.stretch = s.soft
}

// about says whether a step is about the place attention is at, so that leaving
// the place out leaves the step out: words and the quiet given to them. Bells,
// waits and the guide's notes are about the session.
func (s *step) about() bool {
	switch s.item.(type) {
	case script.Prompt, script.Quiet:
		return true
	}
	return false
}

// leftOut: any one region left out is enough, and an opt-in region is left out
// unless it is welcome (domain reference, canonical regions).
func (l *layout) leftOut(regions []script.Region) bool {
	for _, r := range regions {
		if touches(l.set.LeaveOut, r) || r.OptIn() && !covers(l.set.Welcome, r) {
			return true
		}
	}
	return false
}

func touches(list []script.Region, r script.Region) bool {
	for _, o := range list {
		if o.Touches(r) {
			return true
		}
	}
	return false
}

func covers(list []script.Region, r script.Region) bool {
	for _, o := range list {
		if o.Covers(r) {
			return true
		}
	}
	return false
}

// place gives every step its time.
func (l *layout) place() {
	var at time.Duration
	for i := range l.steps {
		s := &l.steps[i]
		s.from, s.to = at, at+s.length()
		at = s.to
	}
}

func (l *layout) end() time.Duration {
	if len(l.steps) == 0 {
		return 0
	}
	return l.steps[len(l.steps)-1].to
}

// whole rounds to the millisecond, the grain of every time in a timeline.
func whole(d time.Duration) time.Duration { return d.Round(time.Millisecond) }
