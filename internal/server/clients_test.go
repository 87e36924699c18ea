package server

import (
	"cmp"
	"testing"
	"time"

	"stillpoint/internal/session"
	"stillpoint/internal/transport"
)

// When the last device of a client is taken out of a room that plays, it pauses: whoever
// lies there could stop it no more. It does not while another is there, or where the
// device comes back as a client's.
func TestNoSessionGoesOnWithoutTheClientsStop(t *testing.T) {
	for name, c := range map[string]struct {
		role           session.Role
		method, path   string
		body           string
		another, pause bool
	}{
		"put out":                    {session.Display, "DELETE", "", "", false, true},
		"moved":                      {session.Guest, "PATCH", "", `{"room":"home"}`, false, true},
		"made a guide":               {session.Guest, "PATCH", "", `{"role":"guide"}`, false, true},
		"made a display":             {session.Guest, "PATCH", "", `{"role":"display"}`, false, false},
		"renamed":                    {session.Guest, "PATCH", "", `{"name":"Left"}`, false, false},
		"put out beside another":     {session.Display, "DELETE", "", "", true, false},
		"a remote is put out":        {session.Remote, "DELETE", "", "", false, false},
		"the network is off":         {session.Display, "PUT", "/api/network", `{"on":false}`, false, true},
		"the network is off for two": {session.Display, "PUT", "/api/network", `{"on":false}`, true, true},
	} {
		doors(t, func(t *testing.T, s *Server, local, secure, _ *way) {
			d := secure.pairs(t, local, c.role, "two")
			secure.joins(t, d.cookie, `{"type":"hello"}`)
			if c.another {
				secure.joins(t, secure.pairs(t, local, session.Guest, "two").cookie, `{"type":"hello"}`)
			}
			guide, _ := local.joins(t, "", `{"type":"hello","role":"guide","room":"two"}`)
			guide.do("1", command("1", session.Load))
			guide.do("2", command("2", session.Start))
			time.Sleep(10 * time.Second)
			local.into(t, c.method, cmp.Or(c.path, "/api/devices/"+d.ID), "", c.body, nil)
			two, err := s.room("two")
			if err != nil {
				t.Fatal(err)
			}
			if now := two.State(); (now.Transport.State == transport.Paused) != c.pause || c.pause && (now.Why != "out" || now.Needs != "") {
				t.Errorf("%s: it is %v, why %q, needs %q", name, now.Transport.State, now.Why, now.Needs)
			}
			if code := guide.do("3", command("3", session.Resume)); code != "" {
				t.Errorf("%s: the guide does not go on: %q", name, code)
			}
		})
	}
}
