package server

import (
	"net/http"
	"time"

	"stillpoint/internal/pairing"
	"stillpoint/internal/room"
	"stillpoint/internal/session"
	"stillpoint/internal/wire"
)

// deviceRoutes are how devices come in, and what becomes of them.
func (s *Server) deviceRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET /join", s.join)
	mux.HandleFunc("GET /api/me", s.me)
	mux.HandleFunc("POST /api/pair", s.pair)
	mux.HandleFunc("POST /api/invitations", s.invite)
	mux.HandleFunc("GET /api/invitations/{id}", s.invitation)
	mux.HandleFunc("GET /api/invitations/{id}/qr.svg", s.invitationPicture)
	mux.HandleFunc("DELETE /api/invitations/{id}", s.withdraw)
	mux.HandleFunc("GET /api/devices", s.deviceList)
	mux.HandleFunc("PATCH /api/devices/{id}", s.changeDevice)
	mux.HandleFunc("DELETE /api/devices/{id}", s.putOut)
	mux.HandleFunc("POST /api/devices/{id}/identify", s.identify)
}

// me says who asks.
func (s *Server) me(w http.ResponseWriter, r *http.Request) {
	switch v := visitorOf(r); v.crowd {
	case here:
		answer(w, http.StatusOK, map[string]any{"local": true})
	case strangers:
		refuseStranger(w)
	default:
		answer(w, http.StatusOK, map[string]any{"local": false, "device": selfOf(v.device), "place": s.called(v.device.Room)})
	}
}

func (s *Server) deviceList(w http.ResponseWriter, _ *http.Request) {
	s.devices.mu.Lock()
	all := s.devices.register.Devices(time.Now())
	s.devices.mu.Unlock()
	list := make([]deviceSeen, len(all))
	for i, d := range all {
		list[i] = s.seen(d)
	}
	answer(w, http.StatusOK, list)
}

// changeDevice names a device, or makes it another. One that is another now is cut
// off, and comes back as what it is.
func (s *Server) changeDevice(w http.ResponseWriter, r *http.Request) {
	var c pairing.Change
	if !asked(w, r, maxKnock, &c, "name, role or room") {
		return
	}
	if c.Room != nil {
		if _, err := s.room(*c.Room); err != nil {
			s.refuseFor(w, err)
			return
		}
	}
	if c.Name != nil {
		*c.Name = room.CleanName(*c.Name)
	}
	d, cut, err := s.devices.change(r.PathValue("id"), c)
	if err != nil {
		s.refuseFor(w, err)
		return
	}
	withoutClients(cut)
	for _, c := range s.devices.conns(d.ID) {
		c.seat.Rename(d.Name)
	}
	if s.written(w, "This is changed for now. It could not be written down, so it may be as before when Stillpoint starts again.") {
		answer(w, http.StatusOK, s.seen(d))
	}
}

// change makes something about a device otherwise, and cuts off what is another now.
// Cut is those of them that are no client of their room any more.
func (d *devices) change(id string, c pairing.Change) (is pairing.Device, cut []*conn, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	was, err := d.register.Device(id, time.Now())
	if err != nil {
		return was, nil, err
	}
	is, err = d.register.Change(id, c, time.Now())
	if err == nil && (is.Role != was.Role || is.Room != was.Room) {
		cut = d.cutOff(id)
	}
	if is.Room == was.Room && (is.Role == session.Guest || is.Role == session.Display) {
		cut = nil // it comes back as one
	}
	return is, cut, err
}

// putOut makes a device a stranger, at once.
func (s *Server) putOut(w http.ResponseWriter, r *http.Request) {
	s.devices.mu.Lock()
	d, err := s.devices.register.PutOut(r.PathValue("id"), time.Now())
	cut := s.devices.cutOff(d.ID)
	s.devices.mu.Unlock()
	withoutClients(cut)
	if err != nil {
		s.refuseFor(w, err)
		return
	}
	s.Log.Info("a device was put out", "device", d.ID, "role", d.Role, "room", d.Room)
	if s.written(w, "This device is out. That could not be written down, so it may be back when Stillpoint starts again.") {
		w.WriteHeader(http.StatusNoContent)
	}
}

// written keeps the devices as they are now, or answers that it could not: what was
// done holds all the same, for as long as the program runs.
func (s *Server) written(w http.ResponseWriter, otherwise string) bool {
	err := s.devices.save()
	if err != nil {
		s.Log.Error("keep the devices", "error", err)
		refuse(w, http.StatusInternalServerError, session.Internal, otherwise)
	}
	return err == nil
}

// identify has a device show what it is called.
func (s *Server) identify(w http.ResponseWriter, r *http.Request) {
	s.devices.mu.Lock()
	d, err := s.devices.register.Device(r.PathValue("id"), time.Now())
	s.devices.mu.Unlock()
	if err != nil {
		s.refuseFor(w, err)
		return
	}
	reached := false
	for _, c := range s.devices.conns(d.ID) {
		reached = c.reply(wire.Identify{Type: "identify", Name: d.Name}) || reached
	}
	if !reached {
		refuse(w, http.StatusConflict, session.NotNow, "This device is not connected at the moment.")
		return
	}
	w.WriteHeader(http.StatusNoContent)
}
