package server

import (
	"net/http"

	"stillpoint/internal/room"
	"stillpoint/internal/session"
)

// doorstep leads whoever opens the page from the network to where they belong: a
// stranger to where one joins, a device to the page of what it is. So nobody sees a
// page that is not theirs, even for a moment. Pages of this computer pass.
func (s *Server) doorstep(files http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		to := ""
		if (r.URL.Path == "/" || r.URL.Path == "/index.html") && navigates(r) {
			to = leadsTo(visitorOf(r), r.URL.Query().Get("role"))
		}
		if to == "" {
			files.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Cache-Control", "no-store")
		http.Redirect(w, r, to, http.StatusSeeOther)
	})
}

// navigates says whether a person opens the page, and no worker fetches it to keep. A
// browser does not say so at a plain address, and keeps nothing there.
func navigates(r *http.Request) bool {
	mode := r.Header.Get("Sec-Fetch-Mode")
	return mode == "" || mode == "navigate"
}

// leadsTo is the address where a visitor belongs who asks to be something; "" when
// this is it.
func leadsTo(v visitor, role string) string {
	is := v.device.Role
	switch {
	case v.crowd == strangers:
		return "/join"
	case v.crowd == here || role == string(is) || role == "" && is == session.Guide:
		return ""
	case is == session.Guide:
		return "/"
	}
	return "/?role=" + string(is)
}

// join is the page at the address of an invitation. The page itself looks at what
// stands behind the #.
func (s *Server) join(w http.ResponseWriter, r *http.Request) {
	page := r.Clone(r.Context())
	page.URL.Path = "/join.html"
	s.static().ServeHTTP(w, page)
}

// called is what a room is called; "" for home, and for one that is gone.
func (s *Server) called(id string) string {
	if id == room.Home || s.Rooms == nil {
		return ""
	}
	all := s.Rooms.all()
	if i := all.find(id); i >= 0 {
		return all.Rooms[i].Name
	}
	return ""
}
