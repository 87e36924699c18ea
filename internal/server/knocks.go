package server

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"stillpoint/internal/pairing"
)

// Bounds on what the network can hold of the program: however many knock, a device
// that was let in comes in, and the therapist's own page opens.
const (
	maxKnocks     = 256           // connections in all
	maxStrangers  = maxKnocks / 2 // of them, of nobody who was let in
	maxKnocksEach = 48            // of strangers, from what one device can call its own
)

// inbound is a listener that takes nobody from beyond the private network: those are
// cut off without an answer. Nor are there more than there is room for.
type inbound struct {
	net.Listener
	knocks *knocks
}

// Accept waits for somebody who may come in.
func (l *inbound) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		at, _ := netip.ParseAddrPort(c.RemoteAddr().String())
		who := at.Addr().Unmap().WithZone("")
		if Near(who) || who.IsLinkLocalUnicast() {
			return l.knocks.enter(c, who), nil
		}
		c.Close()
	}
}

// knocks is the connections of the network. Whoever comes is let in; where there is no
// room, another goes: of those who hold the most, one that is not being answered before
// one that is, and then the one that has been so the longest. So who holds much makes
// room for himself, and for everybody else.
type knocks struct {
	mu  sync.Mutex
	all map[*knocker]struct{}
}

// knocker is a connection that is counted until it closes. Its knocks' lock guards
// what is said about it.
type knocker struct {
	net.Conn
	knocks *knocks
	whose  netip.Prefix // what one device can call its own
	known  bool         // a device that was let in
	busy   bool         // it is being answered, or is a socket
	since  time.Time    // when that began, or ended
}

func (k *knocks) enter(c net.Conn, who netip.Addr) *knocker {
	one := &knocker{Conn: c, knocks: k, whose: pairing.OneOf(who), since: time.Now()}
	if who.IsLinkLocalUnicast() { // a network that everybody there shares
		one.whose, _ = who.Prefix(who.BitLen())
	}
	k.mu.Lock()
	goes := k.inTheWay(one)
	delete(k.all, goes)
	k.all[one] = struct{}{}
	k.mu.Unlock()
	if goes != nil {
		goes.Conn.Close()
	}
	return one
}

// inTheWay is who has to go for one more stranger; nil for nobody. The lock is held.
func (k *knocks) inTheWay(next *knocker) *knocker {
	held, own, strangers := map[netip.Prefix]int{}, 0, 0
	for one := range k.all {
		held[one.whose]++
		if !one.known {
			strangers++
			if one.whose == next.whose {
				own++
			}
		}
	}
	switch {
	case own >= maxKnocksEach:
		return k.first(held, func(one *knocker) bool { return !one.known && one.whose == next.whose })
	case strangers >= maxStrangers:
		return k.first(held, func(one *knocker) bool { return !one.known })
	case len(k.all) >= maxKnocks:
		return k.first(held, func(*knocker) bool { return true })
	}
	return nil
}

// first is who goes first among some. The lock is held.
func (k *knocks) first(held map[netip.Prefix]int, among func(*knocker) bool) (goes *knocker) {
	sooner := func(a, b *knocker) bool {
		switch {
		case held[a.whose] != held[b.whose]:
			return held[a.whose] > held[b.whose]
		case a.busy != b.busy:
			return b.busy
		}
		return a.since.Before(b.since)
	}
	for one := range k.all {
		if among(one) && (goes == nil || sooner(one, goes)) {
			goes = one
		}
	}
	return goes
}

// Close ends the connection, which is counted no more.
func (c *knocker) Close() error {
	c.knocks.mu.Lock()
	delete(c.knocks.all, c)
	c.knocks.mu.Unlock()
	return c.Conn.Close()
}

// state follows what a connection does, as http.Server.ConnState.
func (k *knocks) state(c net.Conn, now http.ConnState) {
	if one := knockerOf(c); one != nil {
		k.mu.Lock()
		one.busy, one.since = now == http.StateActive || now == http.StateHijacked, time.Now()
		k.mu.Unlock()
	}
}

func knockerOf(c net.Conn) *knocker {
	if encrypted, ok := c.(*tls.Conn); ok {
		c = encrypted.NetConn()
	}
	one, _ := c.(*knocker)
	return one
}

// knockerKey is where a connection's context keeps its knocker.
type knockerKey struct{}

// follow marks every request of a connection with it, as http.Server.ConnContext.
func (k *knocks) follow(ctx context.Context, c net.Conn) context.Context {
	return context.WithValue(ctx, knockerKey{}, knockerOf(c))
}

// noted says of a request's connection whether its device was let in.
func (k *knocks) noted(r *http.Request, v visitor) {
	if one, _ := r.Context().Value(knockerKey{}).(*knocker); one != nil {
		k.mu.Lock()
		one.known = v.crowd != strangers
		k.mu.Unlock()
	}
}
