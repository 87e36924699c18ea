package server

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strconv"
	"syscall"
	"time"

	"stillpoint/internal/session"
)

// wsaAddrInUse is what Windows calls EADDRINUSE.
const wsaAddrInUse = syscall.Errno(10048)

// opening is one door at one address.
type opening struct {
	*entrance
	address netip.Addr
	shut    func()    // closes it, and everything that came in by it
	missing time.Time // since when this computer has not had the address; zero while it has
}

// without is for how long a door has been without its address, which is there or not.
func (o *opening) without(there bool, now time.Time) time.Duration {
	switch {
	case there:
		o.missing = time.Time{}
	case o.missing.IsZero():
		o.missing = now
	default:
		return now.Sub(o.missing)
	}
	return 0
}

// openAll opens both doors at every address where they are not open yet, and keeps
// them in the order of the addresses. The lock is held.
func (n *outside) openAll(addresses []netip.Addr) {
	for _, at := range addresses {
		for _, kind := range []doorKind{Secure, Plain} {
			if slices.ContainsFunc(n.openings, func(o *opening) bool { return o.address == at && o.Kind == kind }) {
				continue
			}
			o, err := n.open(kind, at)
			if err != nil {
				n.server.Log.Warn("open a door", "address", at, "error", err)
				n.refused = sentence(err)
				continue
			}
			n.openings = append(n.openings, o)
		}
	}
	slices.SortStableFunc(n.openings, func(a, b *opening) int {
		return slices.Index(addresses, a.address) - slices.Index(addresses, b.address)
	})
	if slices.ContainsFunc(n.openings, func(o *opening) bool { return o.Kind == Secure && o.missing.IsZero() }) {
		n.refused = "" // one way in is enough
	}
}

// port is the port of a kind of door.
func (n *outside) port(kind doorKind) int {
	if kind == Secure {
		return n.Secure
	}
	return n.Plain
}

// open opens a door and answers there. Whoever comes is of the door's own network,
// and there are not more of them than the program can bear.
func (n *outside) open(kind doorKind, at netip.Addr) (*opening, error) {
	l, err := n.listen("tcp", netip.AddrPortFrom(at, uint16(n.port(kind))).String())
	if err != nil {
		return nil, n.closed(kind, err)
	}
	open, shut := context.WithCancel(context.Background())
	e := newEntrance(kind, l.Addr(), n.name(kind), open)
	h := n.server.answering()
	h.BaseContext = func(net.Listener) context.Context { return through(context.Background(), e) }
	h.Protocols = oneAtATime()
	h.ConnContext, h.ConnState = n.server.knocks.follow, n.server.knocks.state
	near := &inbound{Listener: l, knocks: n.server.knocks}
	if kind == Secure {
		h.TLSConfig = &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return n.vouch.Load(), nil }}
		go h.ServeTLS(near, "", "")
	} else {
		go h.Serve(near)
	}
	return &opening{entrance: e, address: at, shut: func() { shut(); h.Close() }}, nil
}

// oneAtATime is HTTP as it was before HTTP/2: a connection has one request at a time, so
// that counting connections counts what they make the program do.
func oneAtATime() *http.Protocols {
	p := &http.Protocols{}
	p.SetHTTP1(true)
	return p
}

// name is what this computer is called at a door; only encrypted ones can tell a
// neighbour who took the name from us.
func (n *outside) name(kind doorKind) string {
	if kind == Secure && n.authority.Name() == n.Name {
		return n.Name
	}
	return ""
}

// Taken says whether an address could not be listened on because somebody else does.
func Taken(err error) bool {
	return errors.Is(err, syscall.EADDRINUSE) || errors.Is(err, wsaAddrInUse)
}

// closed says in a sentence why a door does not open.
func (n *outside) closed(kind doorKind, err error) error {
	port := strconv.Itoa(n.port(kind))
	flag := map[doorKind]string{Secure: "--secure-port", Plain: "--plain-port"}[kind]
	switch {
	case Taken(err):
		return &session.Refusal{Code: session.NotNow, Text: "Port " + port + " is taken by another program. You might end that one, or start Stillpoint with another " + flag + "."}
	case errors.Is(err, syscall.EACCES):
		return &session.Refusal{Code: session.NotNow, Text: "Port " + port + " may not be used by you. You might start Stillpoint with a " + flag + " from 1024 on."}
	}
	return err
}

// answering is an HTTP server for every door, with its bounds.
func (s *Server) answering() *http.Server {
	return &http.Server{
		Handler:           s.handler,
		ReadHeaderTimeout: headWithin,
		ReadTimeout:       requestWithin,
		WriteTimeout:      requestWithin, // a track sets its own
		IdleTimeout:       idleFor,
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          s.quietly(),
	}
}
