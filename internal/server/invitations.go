package server

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"time"

	"stillpoint/internal/pairing"
	"stillpoint/internal/room"
	"stillpoint/internal/session"
)

// maxKnock is more than anybody has to say who wants to come in.
const maxKnock = 1 << 10

// cookieFor is as long as a device can be known at all; when it is not used, it is
// forgotten here long before.
const cookieFor = int(pairing.Longest / time.Second)

// invite opens an invitation, and says how it can be answered: by a link, which a
// camera reads, and by a number. A remote may also come without encryption.
func (s *Server) invite(w http.ResponseWriter, r *http.Request) {
	var wish struct {
		Room string       `json:"room"`
		Role session.Role `json:"role"`
		Name string       `json:"name"`
	}
	if !asked(w, r, maxKnock, &wish, "room, role and perhaps name") {
		return
	}
	if secure, _ := s.Reach(); len(secure) == 0 {
		refuse(w, http.StatusConflict, session.NotNow, "Other devices cannot reach this computer yet. You might switch the network on first.")
		return
	}
	if _, err := s.room(wish.Room); err != nil {
		s.refuseFor(w, err)
		return
	}
	by := visitorOf(r).device
	s.devices.mu.Lock()
	i, err := s.devices.register.Invite(pairing.Invitation{Room: wish.Room, Role: wish.Role, Name: room.CleanName(wish.Name), By: pairing.Inviter{ID: by.ID, Name: by.Name}}, time.Now())
	s.devices.mu.Unlock()
	if err != nil {
		s.refuseFor(w, err)
		return
	}
	link, plain := s.links(i)
	answer(w, http.StatusCreated, struct {
		ID     string `json:"id"`
		Number string `json:"number"`
		Link   string `json:"link"`
		Plain  string `json:"plain,omitempty"`
		Until  int64  `json:"until"`
	}{i.ID, i.Number, link, plain, i.Until.UnixMilli()})
}

// links are the addresses an open invitation is answered at. The token stands in the
// fragment, which no browser sends and no log sees. Plain is for remotes, or "".
func (s *Server) links(i pairing.Invitation) (link, plain string) {
	encrypted, open := s.Reach()
	if i.Token == "" {
		return "", ""
	}
	if len(encrypted) > 0 {
		link = encrypted[0] + "/join#" + i.Token
	}
	if len(open) > 0 && i.Role == session.Remote {
		plain = open[0] + "/join#" + i.Token
	}
	return link, plain
}

// invited is the invitation of a path, or an answer that there is none.
func (s *Server) invited(w http.ResponseWriter, r *http.Request) (pairing.Invitation, bool) {
	s.devices.mu.Lock()
	i, err := s.devices.register.Invitation(r.PathValue("id"), time.Now())
	s.devices.mu.Unlock()
	if err != nil {
		s.refuseFor(w, err)
	}
	return i, err == nil
}

// invitation says how it stands with one, and who came.
func (s *Server) invitation(w http.ResponseWriter, r *http.Request) {
	i, ok := s.invited(w, r)
	if !ok {
		return
	}
	seen := map[string]any{"state": i.State}
	if i.State == pairing.Open && i.Number == "" {
		seen["spent"] = true
	}
	s.devices.mu.Lock()
	d, err := s.devices.register.Device(i.Device, time.Now())
	s.devices.mu.Unlock()
	if err == nil {
		seen["device"] = s.seen(d)
	}
	answer(w, http.StatusOK, seen)
}

// invitationPicture is its link for a camera, while it is open.
func (s *Server) invitationPicture(w http.ResponseWriter, r *http.Request) {
	i, ok := s.invited(w, r)
	if !ok {
		return
	}
	text, plain := s.links(i)
	if r.URL.Query().Get("plain") != "" {
		text = plain
	}
	if text == "" {
		refuse(w, http.StatusNotFound, "not-found", "This invitation is not open any more. You might make another.")
		return
	}
	picture, err := drawQR(text, r.URL.Query().Get("theme"))
	if err != nil {
		s.refuseFor(w, err)
		return
	}
	w.Header().Set("Content-Type", "image/svg+xml")
	w.Header().Set("Cache-Control", "no-store")
	io.WriteString(w, picture)
}

func (s *Server) withdraw(w http.ResponseWriter, r *http.Request) {
	s.devices.mu.Lock()
	s.devices.register.Withdraw(r.PathValue("id"))
	s.devices.mu.Unlock()
	w.WriteHeader(http.StatusNoContent)
}

// pair lets a device in, and gives it the cookie it is known by.
func (s *Server) pair(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxKnock))
	if err != nil {
		refuse(w, http.StatusBadRequest, session.BadMessage, "This is too long to be an answer to an invitation.")
		return
	}
	k, err := knockFrom(body)
	if err != nil {
		s.refuseFor(w, err)
		return
	}
	at := doorOf(r)
	k.Door, k.Plain, k.From, k.Was = at.words(), at.Kind == Plain, from(r), visitorOf(r).device.ID
	d, secret, cut, err := s.devices.pair(k)
	if err != nil {
		s.refuseFor(w, err)
		return
	}
	withoutClients(cut)
	if err := s.devices.save(); err != nil {
		s.Log.Warn("keep the devices; this one has to be invited again when Stillpoint starts anew", "error", err)
	}
	s.Log.Info("a device came in", "device", d.ID, "role", d.Role, "room", d.Room, "plain", d.Plain)
	http.SetCookie(w, &http.Cookie{Name: at.cookie(), Value: secret, Path: "/", MaxAge: cookieFor,
		Secure: at.Kind == Secure, HttpOnly: true, SameSite: http.SameSiteStrictMode})
	answer(w, http.StatusCreated, map[string]any{"device": selfOf(d), "place": s.called(d.Room)})
}

func (d *devices) pair(k pairing.Knock) (one pairing.Device, secret string, cut []*conn, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	one, secret, err = d.register.Pair(k, time.Now())
	if err == nil && k.Was != "" {
		cut = d.cutOff(k.Was) // it is another from now on
	}
	return one, secret, cut, err
}

// knockFrom reads what a device says that wants to come in: a token or a number,
// which a person may have typed with spaces, and perhaps what it is called.
func knockFrom(body []byte) (k pairing.Knock, err error) {
	var said struct{ Token, Number, Name string }
	if err := json.NewDecoder(bytes.NewReader(body)).Decode(&said); err != nil {
		return k, &session.Refusal{Code: session.BadMessage, Text: "This needs a JSON object with token or number, and perhaps name."}
	}
	number := strings.NewReplacer(" ", "", "-", "", "\u00a0", "").Replace(said.Number)
	switch {
	case (said.Token == "") == (number == ""):
		return k, &session.Refusal{Code: session.BadMessage, Text: "This needs either a token or a number."}
	case len(said.Token) > 64:
		return k, &session.Refusal{Code: session.BadMessage, Text: "This token is too long to be one."}
	case number != "" && (len(number) != 6 || strings.Trim(number, "0123456789") != ""):
		return k, &session.Refusal{Code: session.BadMessage, Text: "The number has six digits."}
	}
	return pairing.Knock{Token: said.Token, Number: number, Name: room.CleanName(said.Name)}, nil
}
