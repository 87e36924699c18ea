package server

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"stillpoint/internal/authority"
	"stillpoint/internal/session"
)

// Network is how the devices of a room find this computer, once somebody has
// switched that on. The zero Network cannot be switched on.
type Network struct {
	Secure, Plain int                 // the ports of its two doors; 0 takes any free one
	Addresses     func() []netip.Addr // this computer's private addresses as they are now, the usual one first
	Name          string              // what it is called there, NAME.local; "" for nothing
}

// Times of the network.
const (
	lookEvery = 5 * time.Second  // whether the addresses are still the same, and the day is not over
	missing   = 2 * time.Minute  // a door stays open so long without its address: Wi-Fi blinks
	atLeast   = 4 * time.Hour    // it stays on, however late in the day it was switched on
	overtime  = 4 * time.Hour    // it stays on for a session that is not over, and no longer
	lull      = 10 * time.Minute // a session that has halted may go on, and its devices come back
	noteEvery = time.Minute      // that somebody is in a session, when the day is nearly over
)

// outside is the doors of the network, and their switch. Their lock is held while doors open and close, never while
// anything is answered.
type outside struct {
	Network
	server *Server
	listen func(network, address string) (net.Listener, error)
	vouch  atomic.Pointer[tls.Certificate] // what the encrypted doors show

	mu        sync.Mutex
	until     time.Time // when it goes off by itself; zero while it is off
	busy      time.Time // when a device was last seen in a session
	noted     time.Time // the busy that a restart would know of
	authority *authority.Authority
	openings  []*opening
	refused   string // why nobody can come in though it is on
	watching  context.CancelFunc
}

// errNoNetwork is a server that was never told how it could be found.
var errNoNetwork = &session.Refusal{Code: session.NotNow, Text: "This Stillpoint is for this computer alone. The network cannot be switched on here."}

// networkRoutes are the switch, and what a device needs that is asked for trust.
func (s *Server) networkRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/network", s.networkNow)
	mux.HandleFunc("PUT /api/network", s.switchNetwork)
}

// networkSeen is the network, as a guide sees it.
type networkSeen struct {
	On          bool     `json:"on"`
	Until       int64    `json:"until,omitempty"` // ms since 1970
	Addresses   []string `json:"addresses"`
	Plain       []string `json:"plain"`
	Fingerprint string   `json:"fingerprint,omitempty"` // of the certificate that devices may trust
	Renewed     int64    `json:"renewed,omitempty"`     // when it took the place of another, which devices may still trust instead
	Refused     string   `json:"refused,omitempty"`
}

func (s *Server) networkNow(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, s.outside.seen())
}

// switchNetwork opens the network's doors, or closes them.
func (s *Server) switchNetwork(w http.ResponseWriter, r *http.Request) {
	var wish struct {
		On *bool `json:"on"`
	}
	if !asked(w, r, maxKnock, &wish, "on") {
		return
	}
	if wish.On == nil {
		refuse(w, http.StatusBadRequest, session.BadMessage, "This needs on, true or false.")
		return
	}
	if !*wish.On {
		s.outside.off()
	} else if err := s.outside.on(time.Now()); err != nil {
		s.Log.Warn("switch the network on", "error", err)
		refuse(w, http.StatusConflict, session.NotNow, sentence(err))
		return
	}
	answer(w, http.StatusOK, s.outside.seen())
}

// sentence is an error as it is told to people.
func sentence(err error) string {
	if r := (*session.Refusal)(nil); errors.As(err, &r) {
		return r.Text
	}
	return "The network stays off: " + err.Error() + "."
}

// OpenNetwork switches the network on when that is wanted, or when it was on, of the
// same day, as the program ended: a restart in the middle of a treatment leaves no
// device outside. It says where devices find this computer, and until when, or why
// they do not; both are "" while it stays off.
func (s *Server) OpenNetwork(wanted bool) (where []string, until time.Time, refused string) {
	now := time.Now()
	kept, busy, was := s.outside.kept(now)
	if !wanted && !was {
		return nil, time.Time{}, ""
	}
	if err := s.outside.on(now); err != nil {
		return nil, time.Time{}, sentence(err)
	}
	if was && !wanted {
		s.outside.keepUntil(kept, busy)
	}
	seen := s.outside.seen()
	return seen.Addresses, time.UnixMilli(seen.Until), seen.Refused
}

// CloseNetwork closes the network's doors. Every device that came by them is told so
// and cut off at once; this computer's own pages stay as they are.
func (s *Server) CloseNetwork() { s.outside.off() }

// on opens the doors until the day is over. It may be on already: then the day is
// counted anew.
func (n *outside) on(now time.Time) error {
	if n.Addresses == nil {
		return errNoNetwork
	}
	if err := n.found(now); err != nil {
		return err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.until = dayEnd(now)
	n.keep()
	n.look(now)
	if n.watching == nil {
		ctx, stop := context.WithCancel(n.server.ctx)
		n.watching = stop
		go n.watch(ctx)
	}
	return nil
}

// dayEnd is the midnight that comes, and never very soon.
func dayEnd(now time.Time) time.Time {
	now = now.Round(0) // the clock on the wall: a computer that sleeps does not stop the day
	y, m, d := now.Date()
	midnight := time.Date(y, m, d+1, 0, 0, 0, 0, now.Location())
	if soonest := now.Add(atLeast); midnight.Before(soonest) {
		return soonest
	}
	return midnight
}

// keepUntil is on until another time than it would be, with a session in which a
// device was last seen at a time.
func (n *outside) keepUntil(until, busy time.Time) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.until, n.busy = until, busy
	n.keep()
}

// off closes the doors, and forgets that they were open.
func (n *outside) off() {
	n.mu.Lock()
	cut := n.goOff()
	n.mu.Unlock()
	withoutClients(cut)
}

// goOff closes the doors first: no disk stands before that. It says who was cut off.
// The lock is held.
func (n *outside) goOff() (cut []*conn) {
	cut = n.server.devices.joinedAway()
	n.until, n.refused = time.Time{}, ""
	n.shut()
	n.keep()
	return cut
}

// end closes the doors because the program ends; they open again with it.
func (n *outside) end() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.shut()
}

// shut closes all doors. The lock is held.
func (n *outside) shut() {
	if n.watching != nil {
		n.watching()
		n.watching = nil
	}
	for _, o := range n.openings {
		o.shut()
	}
	n.openings = nil
}

// watch looks again and again, until it is switched off.
func (n *outside) watch(ctx context.Context) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		var cut []*conn
		n.mu.Lock()
		if ctx.Err() == nil {
			cut = n.goOn(time.Now())
		}
		n.mu.Unlock()
		withoutClients(cut)
	}
}

// goOn looks whether the day is over, and says who was cut off then; otherwise it looks
// at the doors. The lock is held.
func (n *outside) goOn(now time.Time) (cut []*conn) {
	n.noteBusy(now.Round(0))
	if n.dayIsOver(now.Round(0)) {
		n.server.Log.Info("the day is over, and the network is off")
		return n.goOff()
	}
	n.look(now)
	return nil
}

// noteBusy notes that a device is in a session, and when the day is nearly over, or
// is, also for a restart.
func (n *outside) noteBusy(now time.Time) {
	if !n.server.devices.busy() {
		return
	}
	n.busy = now
	if now.After(n.until.Add(-lull)) && now.Sub(n.noted) >= noteEvery {
		n.noted = now
		n.keep()
	}
}

// dayIsOver says whether it is time to close; not under somebody's session, which the
// network outlasts for a while.
func (n *outside) dayIsOver(now time.Time) bool {
	return now.After(n.until) && !inOvertime(now, n.until, n.busy)
}

// inOvertime says whether a session that a device was last seen in holds the network
// open after its day.
func inOvertime(now, until, busy time.Time) bool {
	return now.Before(until.Add(overtime)) && now.Before(busy.Add(lull))
}

// look makes the doors fit this computer's addresses, which a router may change, and
// what they show fit both. A door whose address is missing stays for a while. The lock
// is held.
func (n *outside) look(now time.Time) {
	addresses := slices.DeleteFunc(slices.Clone(n.Addresses()), func(a netip.Addr) bool { return !Near(a) })
	n.openings = slices.DeleteFunc(n.openings, func(o *opening) bool {
		if o.without(slices.Contains(addresses, o.address), now) < missing {
			return false
		}
		o.shut()
		return true
	})
	n.refused = ""
	if len(addresses) == 0 {
		n.refused = "This computer is on no private network at the moment. When it joins one, devices can find it there."
		return
	}
	if err := n.show(addresses, now); err != nil {
		n.refused = sentence(err)
		return
	}
	n.openAll(addresses)
}

// show makes a certificate when there is none yet, the one there is grows old, or the
// addresses have changed.
func (n *outside) show(addresses []netip.Addr, now time.Time) error {
	if c := n.vouch.Load(); c != nil && n.authority.Holds(c, addresses, now) {
		return nil
	}
	c, err := n.authority.Vouch(addresses, now)
	if err == nil {
		n.vouch.Store(c)
	}
	return err
}

// found is the authority, made or read when it is first needed, and again when it is
// old: then what the doors show is of the new one.
func (n *outside) found(now time.Time) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.authority != nil && !n.authority.Old(now) {
		return nil
	}
	a, err := authority.Open(n.folder(), n.Name, now)
	if err != nil {
		return err
	}
	if n.authority = a; !a.Renewed(now).IsZero() {
		n.server.Log.Warn("the certificate that devices trust is a new one, since the one before nears its end; each device is asked to trust it anew, at /trust", "fingerprint", a.Fingerprint())
	}
	n.vouch.Store(nil)
	return nil
}

// seen is the network now.
func (n *outside) seen() networkSeen {
	n.mu.Lock()
	defer n.mu.Unlock()
	seen := networkSeen{On: !n.until.IsZero(), Refused: n.refused}
	seen.Addresses, seen.Plain = n.reached()
	if seen.On {
		seen.Until = n.until.UnixMilli()
	}
	if n.authority != nil {
		seen.Fingerprint = n.authority.Fingerprint()
		if at := n.authority.Renewed(time.Now()); !at.IsZero() {
			seen.Renewed = at.UnixMilli()
		}
	}
	return seen
}

// reach is where the network finds this server.
func (n *outside) reach() (secure, plain []string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.reached()
}

// reached is where it does, the usual address first. The lock is held.
func (n *outside) reached() (secure, plain []string) {
	secure, plain = []string{}, []string{}
	for _, o := range n.openings {
		if !o.missing.IsZero() {
			continue
		}
		at := o.Kind.scheme() + "://" + o.hosts[0]
		if o.Kind == Secure {
			secure = append(secure, at)
		} else {
			plain = append(plain, at)
		}
	}
	return secure, plain
}
