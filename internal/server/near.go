package server

import (
	"net"
	"net/netip"
	"slices"

	"stillpoint/internal/authority"
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
