package server

import (
	"context"
	"net/http"
	"strings"
	"time"

	"stillpoint/internal/pairing"
	"stillpoint/internal/session"
)

// crowd is a set of those who may come.
type crowd uint8

// Who may come. A page of this computer is here, whatever its role in a room; the
// others come from the network.
const (
	here crowd = 1 << iota
	guides
	guests
	displays
	remotes
	strangers // not paired (yet)

	therapist = here | guides
	sounding  = therapist | guests | displays // they may be a room's sound
	paired    = guides | guests | displays | remotes
	network   = paired | strangers
	anyone    = here | network
)

// rights is who may use which route. What is not in it is for nobody, so that a new
// route is closed until somebody has thought about it. A device of the network does
// what it does in its own room alone; and what is about a person, or about this
// computer, is for this computer's own pages.
var rights = map[string]crowd{
	"GET /":                           anyone, // the files of the page, the same for everybody
	"GET /join":                       anyone,
	"GET /shell.json":                 anyone,
	"GET /healthz":                    here | paired,
	"GET /trust":                      anyone,
	"GET /stillpoint-ca.crt":          anyone,
	"GET /stillpoint-ca.mobileconfig": anyone,
	"GET /api/trust":                  anyone,
	"GET /api/me":                     anyone, // a stranger hears that it is one
	"POST /api/pair":                  network,

	"GET /ws":                          here | paired,
	"GET /api/scripts":                 here | paired, // empty for who does not guide
	"GET /api/sessions/{id}":           here | paired,
	"GET /api/sessions/{id}/track.wav": sounding,
	"GET /api/sessions/{id}/track.mp3": sounding,
	"GET /api/bell.wav":                sounding,

	"GET /api/scripts/{id}":            therapist,
	"POST /api/timeline":               therapist,
	"POST /api/sessions":               therapist,
	"GET /api/voices":                  therapist,
	"POST /api/voices/prepare":         therapist,
	"GET /api/voices/{id}/sample.wav":  therapist,
	"GET /api/network":                 therapist,
	"GET /api/rooms":                   therapist,
	"POST /api/rooms":                  therapist,
	"PATCH /api/rooms/{id}":            therapist,
	"DELETE /api/rooms/{id}":           therapist,
	"POST /api/rooms/{room}/save":      therapist,
	"POST /api/invitations":            therapist,
	"GET /api/invitations/{id}":        therapist,
	"GET /api/invitations/{id}/qr.svg": therapist,
	"DELETE /api/invitations/{id}":     therapist,
	"GET /api/devices":                 therapist,
	"PATCH /api/devices/{id}":          therapist,
	"DELETE /api/devices/{id}":         therapist,
	"POST /api/devices/{id}/identify":  therapist,

	"PUT /api/network":           here,
	"POST /api/scripts":          here,
	"DELETE /api/scripts/{id}":   here,
	"POST /api/scripts/refresh":  here,
	"GET /api/plan":              here,
	"POST /api/files":            here,
	"GET /api/files/{id}":        here,
	"GET /api/files/{id}/{name}": here,
	"DELETE /api/files/{id}":     here,

	"GET /api/journal":                               here,
	"PUT /api/journal":                               here,
	"DELETE /api/journal":                            here,
	"GET /api/journal/entries":                       here,
	"GET /api/journal/entries/{id}":                  here,
	"PUT /api/journal/entries/{id}":                  here,
	"PUT /api/journal/entries/{id}/checkin/{moment}": here,
	"DELETE /api/journal/entries/{id}":               here,
	"GET /api/journal/marks":                         here,
	"GET /api/journal/words":                         here,
	"GET /api/journal/export":                        here,
	"POST /api/journal/export":                       here,
	"POST /api/journal/import":                       here,
}

// crowdOf is what a device's role makes it.
var crowdOf = map[session.Role]crowd{session.Guide: guides, session.Guest: guests, session.Display: displays, session.Remote: remotes}

// visitor is who a request is from.
type visitor struct {
	crowd
	device pairing.Device // the zero Device for a page of this computer, and for a stranger
}

// visitorKey is where a request's context keeps its visitor.
type visitorKey struct{}

// visitorOf is who a request is from: this computer, unless admit knew otherwise.
func visitorOf(r *http.Request) visitor {
	if v, ok := r.Context().Value(visitorKey{}).(visitor); ok {
		return v
	}
	return visitor{crowd: here}
}

// strangerWithin is how long who was not let in may take to say what it wants: it is a
// token or a number.
const strangerWithin = 3 * time.Second

// admit lets a request through to a route that its visitor has a right to, or says
// why not. A stranger hears that it is one and nothing of what there is.
func (s *Server) admit(w http.ResponseWriter, r *http.Request, mux *http.ServeMux) {
	_, pattern := mux.Handler(r)
	v := s.visitor(r)
	s.knocks.noted(r, v)
	if v.crowd == strangers && r.Method != http.MethodGet {
		http.NewResponseController(w).SetReadDeadline(time.Now().Add(strangerWithin))
	}
	switch {
	case v.mayHave(pattern, r):
		mux.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), visitorKey{}, v)))
	case v.crowd == strangers:
		refuseStranger(w)
	case v.crowd == here:
		refuse(w, http.StatusForbidden, session.NotAllowed, "This is for devices that come in from the network.")
	default:
		refuse(w, http.StatusForbidden, session.NotAllowed, "This is not this device’s. You can pause and stop.")
	}
}

func refuseStranger(w http.ResponseWriter) {
	refuse(w, http.StatusUnauthorized, "not-paired", "This device is not known here yet. Whoever guides the session can let it in.")
}

// mayHave says whether a visitor may go where a request goes. Where there is no such
// route, the router says so, though not to a stranger.
func (v visitor) mayHave(pattern string, r *http.Request) bool {
	nowhere := pattern == "" || pattern == "GET /" && strings.HasPrefix(r.URL.Path, "/api/")
	if nowhere {
		return v.crowd != strangers
	}
	return rights[pattern]&v.crowd != 0
}

// mayEnter says whether a visitor may do in a room what it may do at all.
func (v visitor) mayEnter(room string) bool {
	return v.device.ID == "" || v.device.Room == room
}
