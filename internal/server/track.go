package server

import (
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"stillpoint/internal/audio"
	"stillpoint/internal/session"
	"stillpoint/internal/timeline"
)

// track serves a session's sound as one seekable file. Nothing is kept: any
// frame can be rendered by itself, so a byte range costs only its own length.
func (s *Server) track(w http.ResponseWriter, r *http.Request) {
	if score, ok := s.scored(w, r); ok {
		s.sound(w, r, score, idleReader)
	}
}

// scored is the score of a request's session, at the revision and the levels it asks for.
func (s *Server) scored(w http.ResponseWriter, r *http.Request) (*audio.Score, bool) {
	state, ok := s.found(w, r)
	if !ok {
		return nil, false
	}
	if !s.mayRead(visitorOf(r)) {
		refuse(w, http.StatusForbidden, session.NotAllowed, "This device is not the room’s sound. The therapist can choose it.")
		return nil, false
	}
	mix, ok := mixFrom(w, r)
	if !ok {
		return nil, false
	}
	if rev := r.URL.Query().Get("rev"); rev != "" && rev != strconv.Itoa(state.PlanRev) {
		refuse(w, http.StatusConflict, "stale", "This session has changed since. Ask for revision "+strconv.Itoa(state.PlanRev)+".")
		return nil, false
	}
	return s.scores.find(s.Bank, state.Timeline, mix), true
}

// scores are those that were read lately: a browser that seeks asks for a part of
// the same one again. Safe for concurrent use.
type scores struct {
	mu   sync.Mutex
	kept []keptScore // the latest last
}

type keptScore struct {
	*audio.Score
	timeline *timeline.Timeline
	mix      audio.Mix
}

// mostScores is how many are kept. They share their words.
const mostScores = 6

// find is the score of a timeline and a mix. One that is made meanwhile by another
// reader is made twice, which is better than waiting.
func (k *scores) find(b *audio.Bank, t *timeline.Timeline, m audio.Mix) *audio.Score {
	same := func(one keptScore) bool { return one.timeline == t && one.mix == m }
	k.mu.Lock()
	i := slices.IndexFunc(k.kept, same)
	if i >= 0 {
		defer k.mu.Unlock()
		return k.kept[i].Score
	}
	k.mu.Unlock()
	s := b.Score(t, m)
	k.mu.Lock()
	defer k.mu.Unlock()
	k.kept = append(k.kept, keptScore{s, t, m})
	k.kept = k.kept[max(0, len(k.kept)-mostScores):]
	return s
}

// bell serves the quiet bell of the sound check.
func (s *Server) bell(w http.ResponseWriter, r *http.Request) {
	if mix, ok := mixFrom(w, r); ok {
		s.sound(w, r, s.Bank.Bell(mix.Bells).Within(mix), idleBell)
	}
}

// sound serves a score. Its reader may take nothing for so long, and is then gone.
func (s *Server) sound(w http.ResponseWriter, r *http.Request, score *audio.Score, idle time.Duration) {
	p, leave, ok := s.reader(w, r, idle)
	if !ok {
		return
	}
	defer leave()
	w.Header().Set("Content-Type", "audio/wav")
	w.Header().Set("Cache-Control", "no-store")
	http.ServeContent(p, r, "", time.Time{}, score.Track())
}

// How long a browser may leave unread what it asked for: a session's sound may be read
// for as long as it lasts, pauses and all; a bell is short.
const (
	idleReader = 15 * time.Minute
	idleBell   = 15 * time.Second
)

// found is the session of a request's path.
func (s *Server) found(w http.ResponseWriter, r *http.Request) (*session.State, bool) {
	in, state, ok := s.House.Find(r.PathValue("id"))
	if !ok || state.Timeline == nil || !visitorOf(r).mayEnter(in.Name()) {
		refuse(w, http.StatusNotFound, "not-found", "This session is over, or never was.")
		return nil, false
	}
	return &state, true
}

// mixFrom reads a mix from the query; what is absent stays as it is by default.
func mixFrom(w http.ResponseWriter, r *http.Request) (audio.Mix, bool) {
	mix := audio.Even()
	query := r.URL.Query()
	for name, level := range map[string]*int{"voice": &mix.Voice, "bells": &mix.Bells, "breath": &mix.Breath, "ambience": &mix.Ambience} {
		text := query.Get(name)
		if text == "" {
			continue
		}
		n, err := strconv.Atoi(text)
		if err != nil {
			refuse(w, http.StatusBadRequest, "bad-message", "A level is a number from 0 to 100: "+name+".")
			return mix, false
		}
		*level = n
	}
	if tone := query.Get("tone"); tone != "" {
		mix.Tone = session.Tone(tone)
	}
	if err := mix.Check(); err != nil {
		refuse(w, http.StatusBadRequest, session.BadMessage, err.Error())
		return mix, false
	}
	mix.Count, mix.Night = query.Get("count") == "true", query.Get("night") == "true"
	return mix, true
}
