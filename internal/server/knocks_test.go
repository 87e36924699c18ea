package server

import (
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// hall is the connections of a network, by who came.
type hall struct {
	*knocks
	t *testing.T
}

func inAHall(t *testing.T, test func(h *hall)) {
	synctest.Test(t, func(t *testing.T) { test(&hall{&knocks{all: map[*knocker]struct{}{}}, t}) })
}

// comes is a connection from an address, a second after the one before.
func (h *hall) comes(from string) *knocker {
	time.Sleep(time.Second)
	here, there := net.Pipe()
	h.t.Cleanup(func() { here.Close() })
	return h.enter(there, netip.MustParseAddr(from))
}

// letIn is a connection of a device that was let in.
func (h *hall) letIn(from string) *knocker {
	one := h.comes(from)
	r := httptest.NewRequest("GET", "/", nil)
	h.noted(r.WithContext(h.follow(r.Context(), one)), visitor{crowd: guests})
	return one
}

func (h *hall) stays(one *knocker) bool { return slices.Contains(h.here(), one) }

func (h *hall) here() (list []*knocker) {
	for one := range h.all {
		list = append(list, one)
	}
	return list
}

// Whoever takes other addresses of its own network is one device all the same.
func TestOneDeviceHasManyAddresses(t *testing.T) {
	inAHall(t, func(h *hall) {
		for i := range 6 * maxKnocksEach {
			h.comes(fmt.Sprintf("fd00::%x", i%6+1))
		}
		if n := len(h.all); n != maxKnocksEach {
			t.Errorf("six addresses of one network hold %d", n)
		}
		a, b := h.comes("192.168.1.31"), h.comes("fe80::1")
		for range maxKnocksEach {
			h.comes("fe80::2")
		}
		if !h.stays(a) || !h.stays(b) {
			t.Error("others went")
		}
	})
}

// Strangers hold half at most, those who hold much make room for those who do not, and
// whoever was let in stays.
func TestStrangersMakeRoom(t *testing.T) {
	inAHall(t, func(h *hall) {
		var known []*knocker
		for i := range maxKnocks - maxStrangers {
			known = append(known, h.letIn(fmt.Sprintf("192.168.1.%d", i+1)))
		}
		for i := range 10 * maxKnocksEach {
			h.comes(fmt.Sprintf("10.0.0.%d", i%10))
		}
		quiet := h.comes("192.168.2.1")
		for range 4 * maxKnocksEach {
			h.comes("10.0.0.9")
		}
		if len(h.all) != maxKnocks || !h.stays(quiet) {
			t.Errorf("there are %d, and who came once is in: %v", len(h.all), h.stays(quiet))
		}
		for _, one := range known {
			if !h.stays(one) {
				t.Fatal("a device that was let in had to go")
			}
		}
		for range maxKnocksEach {
			h.letIn("192.168.3.1") // one that was let in, and holds much
		}
		if len(h.all) > maxKnocks || !h.stays(known[0]) {
			t.Errorf("there are %d, and another device is in: %v", len(h.all), h.stays(known[0]))
		}
	})
}

// Of those who hold as much, one that is not being answered goes first, and then the
// one that has been so the longest.
func TestTheIdleGoFirst(t *testing.T) {
	inAHall(t, func(h *hall) {
		var own []*knocker
		for range maxKnocksEach {
			own = append(own, h.comes("10.0.0.1"))
		}
		h.state(tls.Server(own[0], nil), http.StateActive)
		h.state(own[1], http.StateActive)
		h.state(own[1], http.StateIdle)
		h.comes("10.0.0.1")
		if !h.stays(own[0]) || !h.stays(own[1]) || h.stays(own[2]) {
			t.Error("it was not the one that has been idle the longest")
		}
		own[0].Close()
		if h.stays(own[0]) {
			t.Error("one that closed is counted")
		}
	})
}

// No connection carries more than one request at a time.
func TestOneRequestAtATime(t *testing.T) {
	s := networked(t, t.TempDir(), here4)
	_, seen := s.asksNetwork(t, "PUT", `{"on":true}`)
	client := &http.Client{Transport: &http.Transport{ForceAttemptHTTP2: true, DisableKeepAlives: true, TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
	res, err := client.Get(seen.Addresses[0] + "/")
	if err != nil {
		t.Fatal(err)
	}
	if res.Body.Close(); res.ProtoMajor != 1 {
		t.Errorf("it speaks %s", res.Proto)
	}
}

// A stranger that does not say what it wants is not waited for.
func TestASlowStranger(t *testing.T) {
	onAStreet(t, func(t *testing.T, s *Server, st *street, local *way) {
		local.into(t, "PUT", "/api/network", "", `{"on":true}`, nil)
		c, err := st.knock("192.168.1.20:7412", tablet)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		go fmt.Fprint(c, "POST /api/pair HTTP/1.1\r\nHost: 192.168.1.20:7412\r\nOrigin: http://192.168.1.20:7412\r\nContent-Length: 100\r\n\r\n{")
		c.SetReadDeadline(time.Now().Add(strangerWithin + time.Second))
		if _, err := c.Read(make([]byte, 1)); err != nil {
			t.Errorf("it is waited for: %v", err)
		}
	})
}
