package server

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"stillpoint/internal/session"
	"stillpoint/internal/wire"
)

// street is a network in a bubble: its listeners, by address and port.
type street struct {
	mu    sync.Mutex
	doors map[string]*pipes
}

// gate is a listener of a street.
type gate struct {
	*pipes
	at net.Addr
}

func (g gate) Addr() net.Addr { return g.at }

// comer is a connection from an address of the street.
type comer struct {
	net.Conn
	from net.Addr
}

func (c comer) RemoteAddr() net.Addr { return c.from }

func (st *street) listen(_, at string) (net.Listener, error) {
	st.mu.Lock()
	defer st.mu.Unlock()
	if _, taken := st.doors[at]; taken {
		return nil, &net.OpError{Op: "listen", Err: syscall.EADDRINUSE}
	}
	st.doors[at] = newPipes()
	address, err := netip.ParseAddrPort(at)
	return gate{st.doors[at], net.TCPAddrFromAddrPort(address)}, err
}

// knock is a connection to a door from an address.
func (st *street) knock(at, from string) (net.Conn, error) {
	st.mu.Lock()
	door := st.doors[at]
	st.mu.Unlock()
	if door == nil {
		return nil, syscall.ECONNREFUSED
	}
	here, there := net.Pipe()
	select {
	case door.conns <- comer{there, net.TCPAddrFromAddrPort(netip.MustParseAddrPort(from))}:
		return here, nil
	case <-door.done:
		return nil, syscall.ECONNREFUSED
	}
}

// asks reads a path of a door as a device at an address.
func (st *street) asks(at, from, path string) (int, error) {
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true, DialContext: func(context.Context, string, string) (net.Conn, error) { return st.knock(at, from) }}}
	res, err := client.Get("http://" + at + path)
	if err != nil {
		return 0, err
	}
	return res.StatusCode, res.Body.Close()
}

const tablet = "192.168.1.31:50000"

// onAStreet runs a test against a server whose computer has an address on a street.
func onAStreet(t *testing.T, test func(t *testing.T, s *Server, st *street, local *way)) {
	t.Helper()
	data := t.TempDir()
	addresses := []netip.Addr{netip.MustParseAddr("192.168.1.20")}
	otherwise := func(c *Config) {
		c.Data = data
		c.Network = Network{Secure: 7443, Plain: 7412, Name: "room.local", Addresses: func() []netip.Addr { return addresses }}
	}
	servedAs(t, otherwise, func(t *testing.T, p *pipes, s *Server) {
		st := &street{doors: map[string]*pipes{}}
		s.outside.listen = st.listen
		defer s.CloseNetwork()
		test(t, s, st, &way{&entrance{hosts: []string{address}}, s.Handler(), "127.0.0.1:50000", p})
	})
}

// TestTheDayEnds: it goes off by itself at midnight and not before, though not while a
// device is in a session that is not over; and then the devices are told.
func TestTheDayEnds(t *testing.T) {
	onAStreet(t, func(t *testing.T, s *Server, st *street, local *way) {
		time.Sleep(18 * time.Hour) // the bubble began at midnight, in UTC
		local.into(t, "PUT", "/api/network", "", `{"on":true}`, nil)
		time.Sleep(time.Until(time.UnixMilli(s.outside.seen().Until)) - 5*time.Minute)
		if code, err := st.asks("192.168.1.20:7412", tablet, "/"); err != nil || code != 200 {
			t.Fatalf("before midnight: %d %v", code, err)
		}
		d := st.comesIn(t, local)
		guide, _ := local.joins(t, "", `{"type":"hello","role":"guide"}`)
		for _, v := range []session.Verb{session.Load, session.Start, session.Pause} {
			if code := guide.do(string(v), command(string(v), v)); code != "" {
				t.Fatal(v, code)
			}
		}
		stays := func(turns int) {
			for range turns {
				time.Sleep(20 * time.Second)
				for _, one := range []*device{d, guide} {
					one.WriteMessage(websocket.TextMessage, []byte(`{"type":"ping","t0":1}`))
				}
			}
		}
		stays(30)
		if d.cut(time.Millisecond) || !s.outside.seen().On {
			t.Fatal("it went off under a session")
		}
		if _, _, on := s.outside.kept(time.Now().Add(time.Minute)); !on {
			t.Error("a restart in the middle of that session leaves its devices outside")
		}
		if _, _, on := s.outside.kept(time.Now().Add(lull + time.Minute)); on {
			t.Error("it is on again when that session is long over")
		}
		if code := guide.do("z", command("z", session.Stop)); code != "" {
			t.Fatal(code)
		}
		stays(3 * 9)
		if d.cut(time.Millisecond) || !s.outside.seen().On {
			t.Error("a stop has cut off every device: nobody can go back, or to the next client")
		}
		stays(3 * 2)
		if !d.cut(time.Millisecond) {
			t.Error("it is on after the day and the session are over")
		}
		if seen := s.outside.seen(); seen.On || len(seen.Addresses) > 0 {
			t.Errorf("%+v", seen)
		}
		if _, err := st.asks("192.168.1.20:7412", tablet, "/"); !errors.Is(err, syscall.ECONNREFUSED) {
			t.Errorf("its door: %v", err)
		}
		if guide.cut(time.Millisecond) {
			t.Error("this computer’s own page was cut off too")
		}
	})
}

// comesIn lets a remote in through the plain door, and connects it.
func (st *street) comesIn(t *testing.T, local *way) *device {
	t.Helper()
	const at = "192.168.1.20:7412"
	i := local.invite(t, "", session.Remote, "home")
	if !strings.HasPrefix(i.Link, "https://192.168.1.20:7443/join#") || !strings.HasPrefix(i.Plain, "http://192.168.1.20:7412/join#") {
		t.Errorf("the links are %s and %s", i.Link, i.Plain)
	}
	dial := func(context.Context, string, string) (net.Conn, error) { return st.knock(at, tablet) }
	ask, _ := http.NewRequest("POST", "http://"+at+"/api/pair", strings.NewReader(`{"token":"`+i.token()+`"}`))
	ask.Header.Set("Origin", "http://"+at)
	res, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true, DialContext: dial}}).Do(ask)
	if err != nil || res.StatusCode != 201 {
		t.Fatalf("pair: %v %v", res, err)
	}
	res.Body.Close()
	header := http.Header{"Origin": {"http://" + at}, "Cookie": {res.Cookies()[0].Name + "=" + res.Cookies()[0].Value}}
	ws, _, err := (&websocket.Dialer{NetDialContext: dial, Subprotocols: []string{wire.Subprotocol}}).Dial("ws://"+at+"/ws", header)
	if err != nil {
		t.Fatal(err)
	}
	d := follow(t, ws)
	d.send(`{"type":"hello"}`)
	d.until("welcome", &wire.Welcome{})
	return d
}

// TestLateInTheDay: until midnight, and for four hours at least.
func TestLateInTheDay(t *testing.T) {
	zone := time.FixedZone("", 2*3600)
	for now, want := range map[string]string{
		"2026-03-02 00:00": "2026-03-03 00:00", "2026-03-02 07:30": "2026-03-03 00:00", "2026-03-02 19:59": "2026-03-03 00:00",
		"2026-03-02 21:30": "2026-03-03 01:30", "2026-12-31 09:00": "2027-01-01 00:00",
	} {
		at, err := time.ParseInLocation("2006-01-02 15:04", now, zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := dayEnd(at).Format("2006-01-02 15:04"); got != want {
			t.Errorf("on at %s it is on until %s, want %s", now, got, want)
		}
	}
}

// TestNobodyFromBeyond: who comes from an address the internet could have is cut off
// without an answer, whatever a router does; and nobody takes all the places.
func TestNobodyFromBeyond(t *testing.T) {
	onAStreet(t, func(t *testing.T, s *Server, st *street, local *way) {
		local.into(t, "PUT", "/api/network", "", `{"on":true}`, nil)
		const at = "192.168.1.20:7412"
		for from, near := range map[string]bool{
			tablet: true, "10.9.9.9:1": true, "[fd00::9]:1": true, "[fe80::9]:1": true, "127.0.0.1:1": true, "169.254.1.1:1": true,
			"8.8.8.8:1": false, "100.64.0.1:1": false, "[2001:db8::1]:1": false, "192.0.2.7:1": false, "[::ffff:8.8.8.8]:1": false,
		} {
			if code, err := st.asks(at, from, "/"); near != (err == nil) || near && code != 200 {
				t.Errorf("from %s: %d %v", from, code, err)
			}
		}
		var held []net.Conn
		for range maxKnocksEach {
			c, err := st.knock(at, "192.168.1.66:1")
			if err != nil {
				t.Fatal(err)
			}
			held = append(held, c)
			time.Sleep(time.Millisecond)
		}
		if code, err := st.asks(at, tablet, "/"); err != nil || code != 200 {
			t.Errorf("another device then: %d %v", code, err)
		}
		if code, err := st.asks(at, "192.168.1.66:3", "/"); err != nil || code != 200 {
			t.Errorf("and one that holds so many: %d %v", code, err)
		}
		held[0].SetReadDeadline(time.Now().Add(time.Second))
		if _, err := held[0].Read(make([]byte, 1)); err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("its first connection is open, beside as many as it may have: %v", err)
		}
		for _, c := range held {
			c.Close()
		}
	})
}

// TestABlink: Wi-Fi that is gone for a moment, and more than a moment, cuts nobody off
// and closes no door.
func TestABlink(t *testing.T) {
	onAStreet(t, func(t *testing.T, s *Server, st *street, local *way) {
		local.into(t, "PUT", "/api/network", "", `{"on":true}`, nil)
		d := st.comesIn(t, local)
		all, addresses := s.outside.Addresses, s.outside.Addresses()
		s.outside.mu.Lock()
		s.outside.Addresses = func() []netip.Addr { return addresses }
		addresses = nil
		s.outside.mu.Unlock()
		for range 5 {
			time.Sleep(missing / 6)
			d.send(`{"type":"ping","t0":1}`)
		}
		if seen := s.outside.seen(); !seen.On || len(seen.Addresses) > 0 || seen.Refused == "" {
			t.Errorf("meanwhile: %+v", seen)
		}
		s.outside.mu.Lock()
		addresses = all()
		s.outside.mu.Unlock()
		time.Sleep(lookEvery + time.Second)
		if d.cut(time.Millisecond) {
			t.Error("a device was cut off")
		}
		if seen := s.outside.seen(); len(seen.Addresses) != 1 || seen.Refused != "" {
			t.Errorf("afterwards: %+v", seen)
		}
		if code, err := st.asks("192.168.1.20:7412", tablet, "/"); err != nil || code != 200 {
			t.Errorf("its door: %d %v", code, err)
		}
	})
}

// TestAnotherAddress: when a router gives this computer another address, its doors go
// there within seconds and what they show is good there; and it is renewed in time.
func TestAnotherAddress(t *testing.T) {
	onAStreet(t, func(t *testing.T, s *Server, st *street, local *way) {
		local.into(t, "PUT", "/api/network", "", `{"on":true}`, nil)
		first := s.outside.vouch.Load()
		moved := netip.MustParseAddr("10.0.0.7")
		s.outside.mu.Lock()
		s.outside.Addresses = func() []netip.Addr { return []netip.Addr{moved, moved} }
		s.outside.mu.Unlock()
		time.Sleep(lookEvery + time.Second)
		seen := s.outside.seen()
		if !slices.Equal(seen.Addresses, []string{"https://10.0.0.7:7443"}) || !slices.Equal(seen.Plain, []string{"http://10.0.0.7:7412"}) {
			t.Errorf("%+v", seen)
		}
		time.Sleep(missing)
		if _, err := st.asks("192.168.1.20:7412", tablet, "/"); err == nil {
			t.Error("it is still where it was")
		}
		second := s.outside.vouch.Load()
		if second == first || second.Leaf.VerifyHostname("10.0.0.7") != nil || second.Leaf.VerifyHostname("room.local") != nil || second.Leaf.VerifyHostname("192.168.1.20") == nil {
			t.Error("what it shows there is not for there")
		}
		s.outside.mu.Lock()
		defer s.outside.mu.Unlock()
		if s.outside.look(time.Now().Add(18 * 24 * time.Hour)); s.outside.vouch.Load() != second {
			t.Error("it is renewed long before its time")
		}
		if s.outside.look(time.Now().Add(20 * 24 * time.Hour)); s.outside.vouch.Load() == second {
			t.Error("it is not renewed")
		}
	})
}

// TestOnAgainWithTheProgram: a restart leaves no device outside on the same day, and
// whatever else stands in the file opens nothing.
func TestOnAgainWithTheProgram(t *testing.T) {
	now := time.Now()
	for text, want := range map[string]bool{
		`{"until":` + ms(now.Add(time.Hour)) + `}`: true, `{"until":` + ms(now.Add(-time.Second)) + `}`: false,
		`{"until":` + ms(now.Add(30*time.Hour)) + `}`: false, `{"until":9999999999999999}`: false,
		``: false, `{}`: false, `{"until":"tomorrow"}`: false, `true`: false,
	} {
		data := t.TempDir()
		if text != "" {
			if err := os.WriteFile(filepath.Join(data, networkFile), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		s := networked(t, data, here4)
		where, until, refused := s.OpenNetwork(false)
		if refused != "" || (len(where) == 1) != want || want && until.Sub(now.Add(time.Hour)).Abs() > time.Second {
			t.Errorf("%s: on at %v until %v %q", text, where, until, refused)
		}
	}
	if where, _, _ := networked(t, t.TempDir(), here4).OpenNetwork(true); len(where) != 1 {
		t.Errorf("asked for, it is at %v", where)
	}
}

func ms(t time.Time) string { b, _ := json.Marshal(t.UnixMilli()); return string(b) }

// TestSwitchedOffCutsOff: whoever came by the network is told and cut off within a
// second, in the middle of a session; what is sent meanwhile goes nowhere.
func TestSwitchedOffCutsOff(t *testing.T) {
	onAStreet(t, func(t *testing.T, s *Server, st *street, local *way) {
		local.into(t, "PUT", "/api/network", "", `{"on":true}`, nil)
		d := st.comesIn(t, local)
		said := make(chan error, 1)
		d.SetCloseHandler(func(code int, text string) error { said <- &websocket.CloseError{Code: code, Text: text}; return nil })
		guide, _ := local.joins(t, "", `{"type":"hello","role":"guide"}`)
		quiet, err := st.knock("192.168.1.20:7412", tablet) // has not asked for anything yet
		if err != nil {
			t.Fatal(err)
		}
		local.into(t, "PUT", "/api/network", "", `{"on":false}`, nil)
		if !d.cut(time.Second) {
			t.Error("a device is connected a second later")
		}
		select {
		case err := <-said:
			if !websocket.IsCloseError(err, websocket.CloseGoingAway) || !strings.Contains(err.Error(), "switched off") {
				t.Errorf("it was told %v", err)
			}
		default:
			t.Error("it was not told")
		}
		quiet.SetReadDeadline(time.Now().Add(time.Second))
		if _, err := quiet.Read(make([]byte, 1)); err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("a silent connection is open: %v", err)
		}
		if guide.cut(time.Second) {
			t.Error("this computer’s own page was cut off too")
		}
	})
}
