package server

import (
	"context"
	"net/http"
	"runtime"
	"strconv"
	"time"

	"stillpoint/internal/audio"
)

// copy serves a session's sound once more, compressed, for the browser to keep in
// case this server goes. It comes while it is made, ends when the reader leaves, and
// never takes more than half of one core from what sounds meanwhile: one at a time for
// this computer, and one for the network. Another waits its turn for a while: a browser asks for the next as it leaves the one before.
func (s *Server) copy(w http.ResponseWriter, r *http.Request) {
	score, ok := s.scored(w, r)
	if !ok {
		return
	}
	p, leave, ok := s.reader(w, r, idleCopy)
	if !ok {
		return
	}
	defer leave()
	places := s.copies
	if visitorOf(r).crowd != here {
		places = s.copiesAway
	}
	select {
	case places <- struct{}{}:
		defer func() { <-places }()
	case <-r.Context().Done():
		return
	case <-time.After(turnWithin):
		refuse(w, http.StatusServiceUnavailable, "full", "A copy is being made already. You might ask again in a moment.")
		return
	}
	w.Header().Set("Content-Type", "audio/mpeg")
	w.Header().Set("Content-Length", strconv.Itoa(score.CopySize()))
	w.Header().Set("Cache-Control", "no-store")
	if r.Method == http.MethodHead {
		return
	}
	// It ends early only where nobody reads on; the connection says so to whoever does.
	ctx, cancel := context.WithTimeout(r.Context(), copyWithin)
	defer cancel()
	if score.Copy(ctx, p, resting(time.Now())) != nil {
		panic(http.ErrAbortHandler)
	}
}

// Times of a copy: how long it may wait for its turn, how long its reader may take
// nothing, and how long it takes at most. Half a copy is half of the sound.
const (
	turnWithin = 10 * time.Second
	idleCopy   = 30 * time.Second
	copyWithin = 20 * time.Minute
)

// resting is a rest after each second of sound, as long as the work before it.
func resting(since time.Time) func(done, of int) {
	rested := 0
	return func(done, _ int) {
		if done-rested < audio.Rate {
			return
		}
		runtime.Gosched()
		time.Sleep(time.Since(since))
		rested, since = done, time.Now()
	}
}
