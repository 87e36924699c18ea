// Package voice answers who says a line, with which sound, and how long that takes.
//
// Voices come in a chain: the person's own recordings, the narration that travels
// with the program, piper where it is installed, the voice of the operating
// system. Engines are slow, so everything a script may say is made ready before
// its session begins ([Voices.Prepare]); from then on [Voices.Length] and
// [Voices.Samples] are look-ups, and the same for the same line.
//
// Words reach an engine by its standard input, never through a shell. The package
// must not know rooms, timelines in the making, or mixes.
package voice

import (
	"context"
	"io/fs"
	"slices"
	"sync"
	"time"

	"stillpoint/internal/pcm"
	"stillpoint/internal/script"
	"stillpoint/internal/timeline"
)

// Browser is no voice of ours: whoever plays the room's sound speaks by itself.
// Lengths are then reckoned by words.
const Browser = "browser"

// Own is the person's recordings by themselves. With any other voice, a line that
// was recorded is heard as recorded.
const Own = "own"

// Longest is how much speech a voice may have in one script: its samples lie in
// memory, some 350 MB. Beyond it the words are on the screen.
const Longest = time.Hour

// Config is where voices are looked for. The zero Config has none.
type Config struct {
	Narration  fs.FS  // shipped lines; nil: none
	Recordings string // folder of the person's own; "": none
	Cache      string // folder for what engines made; "": it is kept in memory
	Models     string // folder of piper's voice models (*.onnx); "": none
	Engines    bool   // whether to look for engines on this computer

	// Fault hears why an engine did not say a line, whose words are then only on the
	// screen. Many goroutines may call it at once. May be nil.
	Fault func(error)
}

// Voices is every voice there is here. Safe for concurrent use.
type Voices struct {
	own    recordings
	chain  []source
	cache  *cache
	turn   chan struct{} // one line is made at a time; what lies ready waits for nobody
	memory memory
	fault  func(error)
}

// source is one voice.
type source interface {
	self() Voice
	speaks(language string) bool
	has(l timeline.Line) bool // whether it could say the line
	// ready is the line where it lies ready to be decoded; false where it has to be
	// made first, or cannot be said.
	ready(l timeline.Line) (stored, bool)
}

// maker is a source that can make a line that does not lie ready.
type maker interface {
	make(ctx context.Context, l timeline.Line) (stored, error)
}

// stored is a line that lies ready.
type stored struct {
	frames int   // at pcm.Rate
	size   int64 // in bytes: with frames it tells one recording of a line from another
	decode func() (pcm.Clip, error)
}

func (s stored) length() time.Duration { return samplesLast(s.frames) }

// New looks which voices there are. Its error says what of c could not be used;
// the voices without it are there.
func New(c Config) (*Voices, error) {
	v := &Voices{own: recordings{c.Recordings}, cache: &cache{folder: c.Cache, most: mostCache}, turn: make(chan struct{}, 1), fault: c.Fault}
	v.memory.most = mostMemory
	if v.fault == nil {
		v.fault = func(error) {}
	}
	v.chain = append(v.chain, v.own)
	var failed error
	if c.Narration != nil {
		narrators, err := Narrators(c.Narration)
		failed = err
		for _, n := range narrators {
			v.chain = append(v.chain, narration{n, c.Narration, &sync.Map{}})
		}
	}
	if c.Engines {
		for _, e := range engines(c.Models) {
			v.chain = append(v.chain, made{e, v.cache})
		}
	}
	return v, failed
}

// List is every voice, in the order they are offered in.
func (v *Voices) List() (list []Voice) {
	for _, src := range v.chain {
		if src.self().ID != Own || v.own.any() {
			list = append(list, src.self())
		}
	}
	return list
}

// Says says whether anybody says a line.
func (v *Voices) Says(l timeline.Line) bool { return v.source(l) != nil }

// Offer is how much of a script a voice says.
type Offer struct {
	Voice
	Says, Of int // texts
}

// Offers is every voice that speaks a script's language and says any of it, the
// best first.
func (v *Voices) Offers(s *script.Script) (offers []Offer) {
	texts := Texts(s)
	for _, src := range v.chain {
		if id := src.self().ID; src.speaks(s.Language) {
			if says := v.says(texts, s.Language, id); says > 0 {
				offers = append(offers, Offer{src.self(), says, len(texts)})
			}
		}
	}
	slices.SortStableFunc(offers, func(a, b Offer) int { return b.Says - a.Says })
	return offers
}

func (v *Voices) says(texts []string, language, id string) (n int) {
	for _, l := range lines(texts, language, id) {
		if v.Says(l) {
			n++
		}
	}
	return n
}

// source is who says a line, nil for nobody.
func (v *Voices) source(l timeline.Line) source {
	if l.Voice == "" || l.Voice == Browser {
		return nil
	}
	if v.own.has(l) {
		return v.own
	}
	for _, src := range v.chain {
		if src.self().ID == l.Voice && src.speaks(l.Language) && src.has(l) {
			return src
		}
	}
	return nil
}

// Choose is the voice for a script: the one wanted, where it says any of it or is
// the browser's; otherwise the one that says the most of it, "" for none. Whoever
// would speak for longer than Longest is passed over.
func (v *Voices) Choose(s *script.Script, wanted string) string {
	if wanted == Browser {
		return Browser
	}
	offers := v.Offers(s)
	first := func(o Offer) int {
		if o.ID == wanted {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(offers, func(a, b Offer) int { return first(a) - first(b) })
	for _, o := range offers {
		if v.takes(s, o.ID) <= Longest {
			return o.ID
		}
	}
	return ""
}

// takes is how long all that a script may say takes in a voice.
func (v *Voices) takes(s *script.Script, id string) (d time.Duration) {
	for _, l := range lines(Texts(s), s.Language, id) {
		d += v.Length(l)
	}
	return d
}
