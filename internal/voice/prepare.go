package voice

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"

	"stillpoint/internal/script"
	"stillpoint/internal/timeline"
)

// mostFaults is how often in a row an engine may not speak before it is no longer
// asked for the rest of a script.
const mostFaults = 3

// Said is how a preparation went: of so many texts, how many will be heard.
type Said struct{ Texts, Of int }

// Prepare makes everything ready that texts may say in a voice, so that all of it
// has its true length, and tells told, which may be nil, how far it is after each.
// What cannot be said is only seen. Who has nothing to be made waits for nobody;
// of those who have, one is served at a time, a line each. What is made when ctx
// ends stays. The error is ctx's.
func (v *Voices) Prepare(ctx context.Context, texts []string, language, id string, told func(done, of int)) (s Said, err error) {
	s.Of = len(texts)
	p := preparation{voices: v}
	for i, l := range lines(texts, language, id) {
		if ctx.Err() != nil {
			break
		}
		if p.line(ctx, l) {
			s.Texts++
		}
		if told != nil && ctx.Err() == nil {
			told(i+1, s.Of)
		}
	}
	if p.made > 0 {
		v.cache.prune()
	}
	return s, ctx.Err()
}

func lines(texts []string, language, id string) (lines []timeline.Line) {
	for _, text := range texts {
		lines = append(lines, timeline.Line{Text: text, Language: language, Voice: id})
	}
	return lines
}

// preparation is one Prepare under way.
type preparation struct {
	voices *Voices
	made   int // lines
	faults int // in a row
}

// line makes one line ready, and says whether it will be heard.
func (p *preparation) line(ctx context.Context, l timeline.Line) bool {
	v := p.voices
	age := v.memory.now()
	src := v.source(l)
	if src == nil {
		v.memory.know(l, timeline.ByWords(l), stored{}, age)
		return false
	}
	s, ok := src.ready(l)
	if m, makes := src.(maker); !ok && makes {
		s, ok = p.make(ctx, src, m, l)
	}
	switch {
	case ok:
		v.memory.know(l, s.length(), s, age)
	case ctx.Err() == nil:
		v.memory.know(l, timeline.ByWords(l), stored{}, age)
	}
	return ok
}

// make has a line made, unless somebody else has made it while it waited its turn.
func (p *preparation) make(ctx context.Context, src source, m maker, l timeline.Line) (s stored, ok bool) {
	if p.faults >= mostFaults {
		return s, false
	}
	select {
	case p.voices.turn <- struct{}{}:
		defer func() { <-p.voices.turn }()
	case <-ctx.Done():
		return s, false
	}
	if s, ok := src.ready(l); ok {
		return s, true
	}
	s, err := m.make(ctx, l)
	switch {
	case err == nil:
		p.made, p.faults = p.made+1, 0
	case ctx.Err() == nil:
		p.fault(src, l, err)
	}
	return s, err == nil
}

func (p *preparation) fault(src source, l timeline.Line, err error) {
	p.faults++
	p.voices.fault(fmt.Errorf("“%.60s” is not spoken: %w", l.Text, err))
	if p.faults == mostFaults {
		p.voices.fault(fmt.Errorf("%s did not speak %d times in a row, and is not asked for the rest", src.self().Name, mostFaults))
	}
}

// Ready makes a script ready to be heard at once: prepared, and decoded. A line
// that an engine made earlier and that can no longer be read is made anew.
func (v *Voices) Ready(ctx context.Context, s *script.Script, id string, told func(done, of int)) (Said, error) {
	texts := Texts(s)
	said, err := v.Prepare(ctx, texts, s.Language, id, told)
	if v.decodeAll(ctx, lines(texts, s.Language, id)) == 0 || err != nil {
		return said, err
	}
	said, err = v.Prepare(ctx, texts, s.Language, id, nil)
	said.Texts -= v.decodeAll(ctx, lines(texts, s.Language, id))
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

// decodeAll brings lines into memory, on every core there is, so that making a
// score of them takes no time, until ctx ends. It says how many of those that lie
// ready are no good.
func (v *Voices) decodeAll(ctx context.Context, lines []timeline.Line) (bad int) {
	var decoding sync.WaitGroup
	var spoilt atomic.Int32
	next := make(chan timeline.Line)
	for range runtime.GOMAXPROCS(0) {
		decoding.Go(func() {
			for l := range next {
				if _, good := v.bring(l); !good {
					spoilt.Add(1)
				}
			}
		})
	}
	for _, l := range lines {
		if ctx.Err() == nil {
			next <- l
		}
	}
	close(next)
	decoding.Wait()
	return int(spoilt.Load())
}
