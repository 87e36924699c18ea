package script

import (
	"iter"
	"slices"
)

// Items is every item in order, with the section it stands in.
func (s *Script) Items() iter.Seq2[*Section, Item] {
	return func(yield func(*Section, Item) bool) {
		for i := range s.Sections {
			for _, item := range s.Sections[i].Items {
				if !yield(&s.Sections[i], item) {
					return
				}
			}
		}
	}
}

// Regions are the parts of the body the script goes to, each once, in the order
// they are first mentioned. A side and the whole are two mentions.
func (s *Script) Regions() []Region {
	var all []Region
	for _, item := range s.Items() {
		p, _ := item.(Place)
		for _, r := range p.Regions {
			if !slices.Contains(all, r) {
				all = append(all, r)
			}
		}
	}
	return all
}

// breaths is every breathe direction in order.
func (s *Script) breaths() iter.Seq[Breathe] {
	return func(yield func(Breathe) bool) {
		for _, item := range s.Items() {
			if b, ok := item.(Breathe); ok && !yield(b) {
				return
			}
		}
	}
}

// Holds says whether the breath is ever held.
func (s *Script) Holds() bool { return s.anyBreath(func(b Breathe) bool { return b.Pattern.Holds() }) }

// Paced says whether the script ever sets a pace for the breath.
func (s *Script) Paced() bool { return s.anyBreath(Breathe.Paced) }

// UsesOwnPace says whether a ramp begins at the person's own pace, which is
// then worth asking for before the start.
func (s *Script) UsesOwnPace() bool {
	return s.anyBreath(func(b Breathe) bool { return b.Ramp != nil && b.Ramp.From == 0 })
}

func (s *Script) anyBreath(is func(Breathe) bool) bool {
	for b := range s.breaths() {
		if is(b) {
			return true
		}
	}
	return false
}

// Level is the highest of the script's breaths: 0 open, 1 a short note, 2
// opt-in behind an advisory.
func (s *Script) Level() (level int) {
	for b := range s.breaths() {
		level = max(level, b.Level())
	}
	return level
}

// Bells counts the bells.
func (s *Script) Bells() (n int) {
	for _, item := range s.Items() {
		if _, ok := item.(Bell); ok {
			n++
		}
	}
	return n
}

// Ambiences are the names of the ambiences the script asks for, each once, in order.
func (s *Script) Ambiences() []string {
	var names []string
	for _, item := range s.Items() {
		if a, ok := item.(Ambience); ok && a.Name != "" && !slices.Contains(names, a.Name) {
			names = append(names, a.Name)
		}
	}
	return names
}
