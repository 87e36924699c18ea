package server

import (
	"net/http"
	"runtime"
	"strconv"
	"time"

	"stillpoint/internal/audio"
)

// copy serves a session's sound once more, compressed, for the browser to keep in
// case this server goes. It comes while it is made, ends when the reader leaves, and
// never takes more than half of one core from what sounds meanwhile. Another waits
// its turn for a while: a browser asks for the next as it leaves the one before.
func (s *Server) copy(w http.ResponseWriter, r *http.Request) {
	score, ok := s.scored(w, r)
	if !ok {
		return
	}
	select {
	case s.copies <- struct{}{}:
		defer func() { <-s.copies }()
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
	if score.Copy(r.Context(), &patient{w, http.NewResponseController(w)}, resting(time.Now())) != nil {
		panic(http.ErrAbortHandler)
	}
}

// turnWithin is how long a copy may wait for its turn.
const turnWithin = 10 * time.Second

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
