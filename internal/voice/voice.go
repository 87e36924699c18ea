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
	"errors"
	"io/fs"
	"runtime"
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

// Longest is how much speech one script may have: its samples lie in memory, some
// 350 MB. Beyond it the words are on the screen.
const Longest = time.Hour

// Config is where voices are looked for. The zero Config has none.
type Config struct {
	Narration  fs.FS  // shipped lines; nil: none
	Recordings string // folder of the person's own; "": none
	Cache      string // folder for what engines made; "": it is made anew each time
	Models     string // folder of piper's voice models (*.onnx); "": none
	Engines    bool   // whether to look for engines on this computer
}

// Voices is every voice there is here. Safe for concurrent use.
type Voices struct {
	own    recordings
	chain  []source
	cache  cache
	turn   chan struct{} // one script is prepared at a time
	mu     sync.Mutex
	known  map[timeline.Line]time.Duration
	memory memory
}

// source is one voice.
type source interface {
	self() Voice
	speaks(language string) bool
	has(l timeline.Line) bool // whether it could say the line
	// ready is the line where it lies ready to be decoded; false where it has to be
	// made first, or cannot be said.
	ready(l timeline.Line) (stored, bool)
	// make makes it ready. Sources that only ever have what they have return an error.
	make(ctx context.Context, l timeline.Line) (stored, error)
}

// stored is a line that lies ready.
type stored struct {
	frames int  // at pcm.Rate
	lies   bool // in a file: it can be read again
	decode func() (pcm.Clip, error)
}

// New looks which voices there are. Its error says what of c could not be used;
// the voices without it are there.
func New(c Config) (*Voices, error) {
	v := &Voices{own: recordings{c.Recordings}, cache: cache{c.Cache}, turn: make(chan struct{}, 1), known: map[timeline.Line]time.Duration{}}
	v.chain = append(v.chain, v.own)
	var failed error
	if c.Narration != nil {
		narrators, err := Narrators(c.Narration)
		failed = err
		for _, n := range narrators {
			v.chain = append(v.chain, narration{n, c.Narration})
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
	for _, text := range texts {
		if v.Says(timeline.Line{Text: text, Language: language, Voice: id}) {
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
// the browser's; otherwise the one that says the most of it, "" for none. A script
// with more to say than Longest has none.
func (v *Voices) Choose(s *script.Script, wanted string) string {
	if wanted == Browser {
		return Browser
	}
	words := time.Duration(0)
	for _, text := range Texts(s) {
		words += timeline.ByWords(timeline.Line{Text: text})
	}
	offers := v.Offers(s)
	if len(offers) == 0 || words > Longest {
		return ""
	}
	for _, o := range offers {
		if o.ID == wanted {
			return wanted
		}
	}
	return offers[0].ID
}

// Said is how a preparation went: of so many texts, how many will be heard.
type Said struct{ Texts, Of int }

// Prepare makes everything ready that texts may say in a voice, so that all of it
// has its true length, and tells told, which may be nil, of each text that is. What cannot be said is only seen. The error is
// ctx's.
func (v *Voices) Prepare(ctx context.Context, texts []string, language, id string, told func(done, of int)) (s Said, err error) {
	select {
	case v.turn <- struct{}{}:
		defer func() { <-v.turn }()
	case <-ctx.Done():
		return s, ctx.Err()
	}
	s.Of = len(texts)
	for i, text := range texts {
		if err := ctx.Err(); err != nil {
			return s, err
		}
		if v.prepare(ctx, timeline.Line{Text: text, Language: language, Voice: id}) {
			s.Texts++
		}
		if told != nil {
			told(i+1, s.Of)
		}
	}
	v.cache.prune()
	return s, ctx.Err()
}

// Ready makes a script ready to be heard at once: prepared, and decoded.
func (v *Voices) Ready(ctx context.Context, s *script.Script, id string, told func(done, of int)) (Said, error) {
	texts := Texts(s)
	said, err := v.Prepare(ctx, texts, s.Language, id, told)
	v.Decode(ctx, texts, s.Language, id)
	return said, err
}

// Settle gives settings the voice a script will have with them, and makes the
// script ready in it. The error is ctx's.
func (v *Voices) Settle(ctx context.Context, s *script.Script, set timeline.Settings) (timeline.Settings, error) {
	if set.TextOnly {
		set.Voice = ""
		return set, nil
	}
	set.Voice = v.Choose(s, set.Voice)
	_, err := v.Ready(ctx, s, set.Voice, nil)
	return set, err
}

// prepare makes one line ready.
func (v *Voices) prepare(ctx context.Context, l timeline.Line) bool {
	src := v.source(l)
	if src == nil {
		v.know(l, timeline.ByWords(l))
		return false
	}
	s, ok := src.ready(l)
	if !ok {
		made, err := src.make(ctx, l)
		if err != nil {
			if ctx.Err() == nil {
				v.know(l, timeline.ByWords(l))
			}
			return false
		}
		s = made
	}
	v.know(l, samplesLast(s.frames))
	if !s.lies {
		v.decode(l, s)
	}
	return true
}

// Decode brings what texts say in a voice into memory, on every core there is, so
// that making a score of them takes no time. Until ctx ends.
func (v *Voices) Decode(ctx context.Context, texts []string, language, id string) {
	var decoding sync.WaitGroup
	next := make(chan timeline.Line)
	for range runtime.GOMAXPROCS(0) {
		decoding.Go(func() {
			for l := range next {
				v.Samples(l)
			}
		})
	}
	for _, text := range texts {
		if ctx.Err() == nil {
			next <- timeline.Line{Text: text, Language: language, Voice: id}
		}
	}
	close(next)
	decoding.Wait()
}

// mostKnown bounds how many lengths are remembered.
const mostKnown = 50_000

func (v *Voices) know(l timeline.Line, d time.Duration) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if len(v.known) >= mostKnown {
		clear(v.known)
	}
	v.known[l] = d
}

// Length says how long a line takes: as prepared, as it lies ready, or else by
// its words.
func (v *Voices) Length(l timeline.Line) time.Duration {
	v.mu.Lock()
	d, ok := v.known[l]
	v.mu.Unlock()
	if ok {
		return d
	}
	if src := v.source(l); src != nil {
		if s, ok := src.ready(l); ok {
			return samplesLast(s.frames)
		}
	}
	return timeline.ByWords(l)
}

// Samples is a line at pcm.Rate, nil where nobody says it or it is not ready. They
// are shared and must not be changed.
func (v *Voices) Samples(l timeline.Line) []int16 {
	if samples, ok := v.memory.find(l); ok {
		return samples
	}
	src := v.source(l)
	if src == nil {
		return nil
	}
	s, ok := src.ready(l)
	if !ok {
		return nil
	}
	return v.decode(l, s)
}

// decode brings a line into memory; nil when its file is no good.
func (v *Voices) decode(l timeline.Line, s stored) []int16 {
	if samples, ok := v.memory.find(l); ok && len(samples) == s.frames {
		return samples
	}
	c, err := s.decode()
	if err != nil || len(c.Samples) != s.frames {
		return nil
	}
	samples := atOnce(c).Int16()
	v.memory.keep(l, samples)
	return samples
}

// errFixed is what a source says that only has what it has.
var errFixed = errors.New("this voice says only what it has")
