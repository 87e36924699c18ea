package audio

import (
	"slices"

	"stillpoint/internal/timeline"
)

// Score lays everything a timeline asks for on a score, at the levels of m. What
// is at level 0 is not there at all. Cues with names the bank does not know are
// silent.
func (b *Bank) Score(t *timeline.Timeline, m Mix) *Score {
	s := &Score{length: frames(t.Length), fade: Rate * 4 / 10, mix: m, plan: t}
	words := s.speak(t, b.Speech, m.Voice)
	s.ring(t.Cues, b, m.Bells)
	s.breathe(t.Cues, b, m)
	s.count(t.Spans, m)
	s.underlay(t.Cues, b, m.Ambience, words)
	s.frames = s.length
	s.settle()
	return s
}

// settle puts the notes in their order and works out where the score ends.
func (s *Score) settle() {
	slices.SortStableFunc(s.notes, func(a, b note) int { return a.from - b.from })
	s.reach = make([]int, len(s.notes))
	last := 0
	for i, n := range s.notes {
		last = max(last, n.to)
		s.reach[i] = last
	}
	s.frames = max(s.frames, last)
}

// lay puts a sound of n frames on the score.
func (s *Score) lay(at, n int, what sound) {
	s.notes = append(s.notes, note{at, at + n, what})
}

// elsewhere is the voice of the browser: its words are heard, but not from here.
const elsewhere = "browser"

// speak lays the words, each cut where its cue ends, and says where there are any.
func (s *Score) speak(t *timeline.Timeline, speech Speech, level int) (words []span) {
	if level <= 0 {
		return nil
	}
	for _, c := range t.Cues {
		if c.Kind != timeline.Say {
			continue
		}
		at, n := frames(c.At), frames(c.Length)
		if t.Voice != elsewhere {
			n = s.say(at, n, speech, timeline.Line{Text: c.Text, Language: t.Language, Voice: t.Voice}, level)
		}
		if n > 0 {
			words = append(words, span{at, at + n})
		}
	}
	return words
}

// say lays a line of at most n frames, and says how many it has.
func (s *Score) say(at, n int, speech Speech, line timeline.Line, level int) int {
	if speech == nil {
		return 0
	}
	samples := speech(line)
	if n = min(n, len(samples)); n > 0 {
		s.lay(at, n, &spoken{samples, fader(level), n})
	}
	return n
}

// ring lays the bells, and the soft signs of a long silence.
func (s *Score) ring(cues []timeline.Cue, b *Bank, level int) {
	if level <= 0 {
		return
	}
	sign := frames(hereLength)
	for _, c := range cues {
		switch c.Kind {
		case timeline.Bell:
			if wave, ok := b.bells[c.Name]; ok {
				s.lay(frames(c.At), len(wave()), &struck{wave(), fader(level)})
			}
		case timeline.Here:
			s.lay(frames(c.At), sign, newGlide(sign, lowPitch, lowPitch, fader(level)*softly.level(hereLoudness), softly))
		}
	}
}

// underlay lays the ambience: each kind until the next, crossing over. Where a
// kind is asked for that already sounds, it goes on.
func (s *Score) underlay(cues []timeline.Cue, b *Bank, level int, words []span) {
	if level <= 0 {
		return
	}
	var open *bed
	name := ""
	for _, c := range cues {
		if c.Kind != timeline.Ambience || c.Name == name {
			continue
		}
		at := frames(c.At)
		s.closeBed(open, at)
		open, name = nil, c.Name
		if kind, ok := b.ambiences[c.Name]; ok {
			open = &bed{kind: kind(), gain: fader(level), start: at, end: s.length, spoken: words, surf: newSurf(cues)}
		}
	}
	s.closeBed(open, s.length)
}

func (s *Score) closeBed(b *bed, at int) {
	if b == nil {
		return
	}
	b.until = at
	s.beds = append(s.beds, note{b.start, min(at+frames(bedRise), s.length), b})
}
