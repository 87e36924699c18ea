package library

import (
	"maps"
	"slices"
	"time"

	"stillpoint/internal/script"
)

// phrases are what a composed script says in one language. Most sentences stand in
// the built-in scripts too, where they were read by others; the narrators speak all
// of the English ones.
type phrases struct {
	language                   string
	beginning, closing         string // sections
	eyes, arrive               string
	small, light               string // small breaths; light-headedness
	instead                    string // what there is besides the breath
	free, leave, firm, end     string
	hello, helloOwn, helloFree string
	even, outLonger, inLonger  string
	held                       string
	easier                     string            // before a ramp: that it may be left
	natural                    []string          // of breath as it comes
	patterns                   map[string]string // what is said of one pattern and no other
	rooms                      []string          // what there is to see and hear between rounds, in turn
	again, onward, noticing    []string          // before a further round: of a pattern, of a ramp, of breath as it comes
	last, slowest              string            // before the last one
	described
}

// spoken is what is said in each language; "" is English.
var spoken = map[string]*phrases{"": &english, "en": &english, "de": &german, "es": &spanish}

// ComposedTexts is every text that a composed script may say in a language, in an
// order that stays the same; none where nothing is composed in it.
func ComposedTexts(language string) []string {
	p, ok := spoken[language]
	if !ok {
		return nil
	}
	texts := []string{
		p.hello, p.helloOwn, p.helloFree, p.eyes, p.light, p.easier, p.arrive, p.even, p.outLonger, p.inLonger, p.held,
		p.small, p.instead, p.last, p.slowest, p.free, p.leave, p.firm, p.end,
	}
	for _, id := range slices.Sorted(maps.Keys(p.patterns)) {
		texts = append(texts, p.patterns[id])
	}
	return slices.Concat(texts, p.natural, p.rooms, p.again, p.onward, p.noticing)
}

// welcome is the first thing that is said.
func (p *phrases) welcome(b script.Breathe) string {
	switch {
	case !b.Paced():
		return p.helloFree
	case b.Ramp != nil && b.Ramp.From == 0:
		return p.helloOwn
	}
	return p.hello
}

// like says what a breath is like, before it begins.
func (p *phrases) like(b script.Breathe) []string {
	if text, ok := p.patterns[b.Pattern.ID]; ok {
		return []string{text}
	}
	switch {
	case !b.Paced():
		return p.natural
	case b.Ramp != nil && b.Ramp.OutLonger:
		return []string{p.outLonger}
	case b.Ramp != nil:
		return []string{p.even}
	case b.Pattern.Holds():
		return []string{p.held}
	}
	var in, out time.Duration
	for _, ph := range b.Pattern.Phases {
		if ph.Kind == script.Inhale {
			in += ph.Length
		} else {
			out += ph.Length
		}
	}
	switch {
	case in > out:
		return []string{p.inLonger}
	case in < out:
		return []string{p.outLonger}
	}
	return []string{p.even}
}

func (p *phrases) room(i int) string { return p.rooms[i%len(p.rooms)] }

// nextRound is what is said before the i-th further round.
func (p *phrases) nextRound(b script.Breathe, i int) string {
	texts := p.again
	switch {
	case !b.Paced():
		texts = p.noticing
	case b.Ramp != nil:
		texts = p.onward
	}
	return texts[(i-1)%len(texts)]
}

func (p *phrases) lastRound(b script.Breathe) string {
	switch {
	case !b.Paced():
		return p.noticing[0]
	case b.Ramp != nil && slows(*b.Ramp):
		return p.slowest
	}
	return p.last
}

func slows(r script.Ramp) bool { return r.From == 0 || r.To < r.From }
