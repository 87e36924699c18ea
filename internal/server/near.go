package server

import (
	"net"
	"net/netip"
	"slices"
	"sync"

	"stillpoint/internal/authority"
)

// Bounds on what the network can hold of the program, so that however many knock, the
// therapist's own page opens.
const (
	maxKnocks     = 256 // connections in all
	maxKnocksEach = 48  // and from one address
)

// Near says whether an address is of this computer or of a private network: the only
// ones that a door of the network opens at, and that anyone may come from.
func Near(a netip.Addr) bool { return authority.Private(a) || a.IsLoopback() }

// Addresses are this computer's private addresses, the usual one first: those of the
// older protocol, then of the newer, then those it gave itself. Not those of a tunnel,
// at the other end of which is another place.
func Addresses() []netip.Addr {
	interfaces, err := net.Interfaces()
	if err != nil {
		return nil
	}
	var all []netip.Addr
	for _, i := range interfaces {
		if i.Flags&net.FlagUp == 0 || i.Flags&(net.FlagLoopback|net.FlagPointToPoint) != 0 {
			continue
		}
		addresses, _ := i.Addrs()
		for _, a := range addresses {
			if p, err := netip.ParsePrefix(a.String()); err == nil && authority.Private(p.Addr()) {
				all = append(all, p.Addr())
			}
		}
	}
	slices.SortStableFunc(all, func(a, b netip.Addr) int { return unusual(a) - unusual(b) })
	return all
}

// unusual is how late an address comes among others.
func unusual(a netip.Addr) int {
	switch {
	case a.IsLinkLocalUnicast():
		return 2
	case a.Is6():
		return 1
	}
	return 0
}

// inbound is a listener that takes nobody from beyond the private network, nor more
// than there is room for: those are cut off without an answer.
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
		if (Near(who) || who.IsLinkLocalUnicast()) && l.knocks.enter(who) {
			return &knocker{Conn: c, left: func() { l.knocks.leave(who) }}, nil
		}
		c.Close()
	}
}

// knocks counts the connections of the network.
type knocks struct {
	mu   sync.Mutex
	all  int
	each map[netip.Addr]int
}

func (k *knocks) enter(who netip.Addr) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.all >= maxKnocks || k.each[who] >= maxKnocksEach {
		return false
	}
	k.all++
	k.each[who]++
	return true
}

func (k *knocks) leave(who netip.Addr) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.all--
	if k.each[who]--; k.each[who] == 0 {
		delete(k.each, who)
	}
}

// knocker is a connection that is counted until it closes.
type knocker struct {
	net.Conn
	once sync.Once
	left func()
}

func (c *knocker) Close() error {
	c.once.Do(c.left)
	return c.Conn.Close()
}
