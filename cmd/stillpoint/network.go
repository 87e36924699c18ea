package main

import (
	"fmt"
	"net/netip"
	"os"
	"strings"

	"stillpoint/internal/authority"
	"stillpoint/internal/server"
)

// The usual ports of the network's doors.
const (
	usualSecure = 7443
	usualPlain  = 7412
)

// networkFlags are how other devices find this computer. What they come to is known
// when they have been read.
func (c *call) networkFlags() (on *bool, read func() (server.Network, error)) {
	on = c.flags.Bool("network", false, "")
	secure := c.flags.Int("secure-port", usualSecure, "")
	plain := c.flags.Int("plain-port", usualPlain, "")
	address := c.flags.String("network-address", "", "")
	return on, func() (n server.Network, err error) {
		for flag, port := range map[string]int{"--secure-port": *secure, "--plain-port": *plain} {
			if port < 0 || port > 65535 {
				return n, usage(flag + " is a number up to 65535")
			}
		}
		host, _ := os.Hostname()
		n = server.Network{Secure: *secure, Plain: *plain, Addresses: server.Addresses, Name: authority.NameOf(host)}
		if *address != "" {
			n.Addresses, err = oneAddress(*address)
		}
		return n, err
	}
}

// oneAddress is the address that was asked for, if it is one that the internet cannot
// reach.
func oneAddress(text string) (func() []netip.Addr, error) {
	a, err := netip.ParseAddr(text)
	if err != nil || !server.Near(a) {
		return nil, usage("--network-address " + text + " is not an address of a private network, such as 192.168.1.20, and Stillpoint opens at no other")
	}
	return func() []netip.Addr { return []netip.Addr{a.Unmap()} }, nil
}

// openNetwork switches the network on where it is asked for, or was on, and says so.
func openNetwork(c *call, s *server.Server, wanted bool) {
	where, until, refused := s.OpenNetwork(wanted)
	if len(where) > 0 {
		fmt.Fprintf(c.stdout, "Until %s the devices of your room can reach it too, at %s.\n", until.Format("15:04"), strings.Join(where, ", "))
	}
	if refused != "" {
		fmt.Fprintln(c.stderr, refused)
	}
}
