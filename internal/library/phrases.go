package library

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"stillpoint/internal/script"
)

// phrases are what a composed script says in one language. Most sentences stand in
// the built-in scripts too, where they were read by others; the narrators speak all.
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
	title                      func(script.Breathe) string
	round                      func(i, n int) string
	summary                    func(b script.Breathe, rounds int, settling bool) string
}

// phrasesIn is what is said in a language; "" is English.
func phrasesIn(language string) (*phrases, bool) {
	switch language {
	case "", "en":
		return &english, true
	}
	return nil, false
}

// ComposedTexts is every text that a composed script may say in a language, in an
// order that stays the same; none where nothing is composed in it.
func ComposedTexts(language string) []string {
	p, ok := phrasesIn(language)
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

// seconds writes a length as people say it: "4", "5.5".
func seconds(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'f', -1, 64) }

// rate writes breaths a minute, with no more places than they need.
func rate(r float64) string { return strconv.FormatFloat(r, 'f', -1, 64) }

// english is what is said in English; never written to.
var english = phrases{
	language:  "en",
	beginning: "Beginning",
	closing:   "Closing",
	eyes:      "Your eyes can stay open if you like. Half open or closed is fine as well.",
	arrive:    "Perhaps notice what you are sitting, standing or lying on, and what is straight ahead of you.",
	small:     "Small, soft breaths. No need to fill up.",
	light:     "If you feel light-headed, smaller breaths usually help, or your own pace.",
	instead:   "If breath is not the place today, a sound or the feel of your hands could keep you company instead.",
	free:      "Breath can go its own way now.",
	leave:     "You might wiggle your fingers, hear one sound, and find the way out with your eyes.",
	firm:      "You might look around, and hear what there is to hear.",
	end:       "That is all for now. There is time to sit a moment longer.",
	hello:     "Welcome. You can follow the pace, or half follow it, or let it pass by. Stopping is fine at any point.",
	helloOwn:  "Welcome. This starts where your breath already is, and slows a little at a time. You can stop whenever you like.",
	helloFree: "Welcome. Breath is one choice here, and never the one you have to take.",
	even:      "In and out take equally long, and nothing is held.",
	outLonger: "The breath out takes longer than the breath in, and nothing is held.",
	inLonger:  "The breath in takes longer than the breath out, and nothing is held.",
	held:      "There are moments when the breath waits. You can make them shorter, or leave them out.",
	easier:    "If it ever feels too slow, choose Easier, or breathe as you wish. Nothing depends on keeping up.",
	natural: []string{
		"If you like, choose where to be: breath, sounds, hands, or something you can see.",
		"If it is breath, there is nothing to change. Quick, slow, uneven: it already knows its way.",
	},
	patterns: map[string]string{
		"starter_3_4": "Breath will come in for three, and go out for four. There are no holds.",
		"coherent_6":  "In for five, out for five, with nothing held. If five is long, yours can be shorter.",
		"extend_4_6":  "Four in, six out. The breath out can be thin and slow, like air on a warm cup.",
		"cyclic_sigh": "Each one goes like this: a little in, a small sip more, and an easy breath out.",
		"pursed_2_4":  "The breath out can pass between softly pursed lips, with no force behind it.",
		"diaphragm":   "If you like, a hand could rest on the belly, or on something soft, or nowhere in particular.",
		"straw":       "The breath out can be thin, as if it went through a straw.",
		"bee":         "A soft hum can go with the breath out, as quiet as you like, with your ears open.",
	},
	rooms: []string{
		"You might look around the room. Is anything moving, or is it all still?",
		"You might listen to whatever is outside this room.",
		"Perhaps the floor under you, and the air on your face.",
		"You might look for a shadow, or a patch of light.",
		"You might hear what is near, and what is far.",
		"If you like, find three things around you that share a colour.",
		"And a rest. Maybe touch something nearby, and notice what it is made of.",
		"You might let your eyes travel along the edges of the room.",
	},
	again: []string{
		"The same again, if you would like it. Smaller is welcome.",
		"When you are ready, another. Feet, hands or sounds can share your attention.",
	},
	onward:   []string{"If you would like to go on, here is the next part."},
	noticing: []string{"You might notice where breath shows itself, if anywhere: a collar moving, cool air at the nose, nothing clear."},
	last:     "This is the last round. You can join in, or sit it out.",
	slowest:  "This is the slowest part. Small and quiet is plenty, and this too is optional.",
	title:    englishTitle,
	round:    func(i, n int) string { return counted(n, "The breath", fmt.Sprintf("Round %d of %d", i, n)) },
	summary:  englishSummary,
}

func counted(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

func englishTitle(b script.Breathe) string {
	switch {
	case b.Ramp == nil && b.Pattern.Name != "":
		return b.Pattern.Name
	case b.Ramp == nil:
		return englishSeconds(b.Pattern)
	case b.Ramp.From == 0:
		return "From your own pace to " + rate(b.Ramp.To) + " a minute"
	case b.Ramp.From == b.Ramp.To:
		return "At " + rate(b.Ramp.To) + " a minute"
	}
	return "From " + rate(b.Ramp.From) + " to " + rate(b.Ramp.To) + " a minute"
}

// englishSeconds is "4 in, hold 2, 6 out".
func englishSeconds(p script.Pattern) (text string) {
	words := map[script.PhaseKind]string{script.Inhale: "%s in", script.Hold: "hold %s", script.Exhale: "%s out", script.Rest: "rest %s"}
	for i, ph := range p.Phases {
		if i > 0 {
			text += ", "
		}
		text += fmt.Sprintf(words[ph.Kind], seconds(ph.Length))
	}
	return text
}

func englishSummary(b script.Breathe, rounds int, settling bool) string {
	what := "Paced breathing"
	switch {
	case settling && b.Paced():
		what = "A short settling with paced breathing"
	case settling:
		what = "A short settling with the breath as it comes"
	case !b.Paced():
		what = "The breath as it comes, with sounds, hands and sight beside it"
	}
	if b.Ramp == nil && b.Paced() {
		what += ", " + englishSeconds(b.Pattern) + ", " + counted(breathsIn(b), "once", strconv.Itoa(breathsIn(b))+" times")
	}
	if rounds > 1 {
		what += ", in " + strconv.Itoa(rounds) + " rounds with the room in between"
	}
	holds := "no holds"
	if b.Pattern.Holds() {
		holds = "the breath is held in each"
	}
	return what + "; " + holds + ", " + counted(rounds, "no bells", "one bell to open and one to close") + "."
}
