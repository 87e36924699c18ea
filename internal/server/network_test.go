package server

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"stillpoint/internal/authority"
)

// here4 is an address that every computer has, in the place of a private one.
var here4 = netip.MustParseAddr("127.0.0.1")

// networked is a server whose network can be switched on, at the loopback.
func networked(t *testing.T, data string, addresses ...netip.Addr) *Server {
	t.Helper()
	s := New(Config{Address: address, Voices: silent(t), Data: data, Web: fstest.MapFS{"index.html": {Data: []byte("<!doctype html>hello")}, "join.html": {Data: []byte("<!doctype html>hello")}},
		Network: Network{Addresses: func() []netip.Addr { return addresses }, Name: "room.local"}})
	t.Cleanup(func() { s.stop(); s.outside.end() })
	return s
}

// network asks for the network, or switches it, as this computer's own page does.
func (s *Server) asksNetwork(t *testing.T, method, body string) (int, networkSeen) {
	t.Helper()
	r := httptest.NewRequest(method, "/api/network", strings.NewReader(body))
	r.Host = address
	r.Header.Set("Origin", origin)
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	var seen networkSeen
	if w.Code == http.StatusOK {
		if err := json.Unmarshal(w.Body.Bytes(), &seen); err != nil {
			t.Fatal(err)
		}
	}
	return w.Code, seen
}

// get asks as a browser does that trusts this server's root, and no other.
func (s *Server) get(t *testing.T, url string) (int, string, error) {
	t.Helper()
	roots := x509.NewCertPool()
	if a := s.outside.authority; a != nil {
		roots.AddCert(a.Root())
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{RootCAs: roots, ServerName: "room.local"}}}
	res, err := client.Get(url)
	if err != nil {
		return 0, "", err
	}
	defer res.Body.Close()
	body, _ := io.ReadAll(res.Body)
	return res.StatusCode, string(body), nil
}

// TestTheNetworkIsASwitch: nobody is let in before it is on; then both doors are
// open, the encrypted one vouched for; and afterwards neither answers.
func TestTheNetworkIsASwitch(t *testing.T) {
	data := t.TempDir()
	s := networked(t, data, here4)
	if code, seen := s.asksNetwork(t, "GET", ""); code != 200 || seen.On || len(seen.Addresses)+len(seen.Plain) > 0 || seen.Fingerprint != "" {
		t.Errorf("before: %d %+v", code, seen)
	}
	if left, _ := os.ReadDir(data); len(left) > 0 {
		t.Errorf("before it is on there is %v", left)
	}
	code, on := s.asksNetwork(t, "PUT", `{"on":true}`)
	if code != 200 || !on.On || len(on.Addresses) != 1 || len(on.Plain) != 1 || on.Refused != "" || on.Fingerprint == "" {
		t.Fatalf("on: %d %+v", code, on)
	}
	if until := time.UnixMilli(on.Until); time.Until(until) < atLeast-time.Minute || time.Until(until) > 25*time.Hour {
		t.Errorf("it is on until %v", until)
	}
	if code, page, err := s.get(t, on.Addresses[0]+"/"); err != nil || code != 200 || !strings.Contains(page, "hello") {
		t.Errorf("encrypted: %d %q %v", code, page, err)
	}
	if code, _, err := s.get(t, on.Addresses[0]+"/api/me"); err != nil || code != 401 {
		t.Errorf("a stranger: %d %v", code, err)
	}
	if code, _, err := s.get(t, on.Plain[0]+"/"); err != nil || code != 200 {
		t.Errorf("plain: %d %v", code, err)
	}
	if secure, plain := s.Reach(); !slices.Equal(secure, on.Addresses) || !slices.Equal(plain, on.Plain) {
		t.Errorf("reached at %v and %v", secure, plain)
	}
	if code, off := s.asksNetwork(t, "PUT", `{"on":false}`); code != 200 || off.On || off.Until != 0 || len(off.Addresses)+len(off.Plain) > 0 {
		t.Errorf("off: %d %+v", code, off)
	}
	for _, url := range []string{on.Addresses[0], on.Plain[0]} {
		if code, _, err := s.get(t, url+"/"); err == nil {
			t.Errorf("%s answers %d when it is off", url, code)
		}
	}
	if _, err := os.Stat(filepath.Join(data, networkFile)); err == nil {
		t.Error("it would be on again with the program")
	}
}

// TestACertificateThatEnds: another one takes its place weeks before, at every door, and
// a guide is told that devices have to trust it anew.
func TestACertificateThatEnds(t *testing.T) {
	data := t.TempDir()
	if _, err := authority.Open(filepath.Join(data, "authority"), "room.local", time.Now().AddDate(-2, 0, 0).Add(26*time.Hour)); err != nil {
		t.Fatal(err)
	}
	s := networked(t, data, here4)
	_, seen := s.asksNetwork(t, "PUT", `{"on":true}`)
	if at := time.UnixMilli(seen.Renewed); time.Since(at).Abs() > time.Minute {
		t.Errorf("it was renewed at %v", at)
	}
	if leaf := s.outside.vouch.Load().Leaf; leaf.NotAfter.Before(time.Now().AddDate(0, 0, 28)) || seen.Fingerprint != s.outside.authority.Fingerprint() {
		t.Errorf("the doors show one until %v", leaf.NotAfter)
	}
	if code, _, err := s.get(t, seen.Addresses[0]+"/"); err != nil || code != 200 {
		t.Errorf("a device that trusts it: %d %v", code, err)
	}
}

// TestOnlyAPrivateNetwork: no door opens at an address that the internet could reach,
// and a computer without a private one is told so and waits.
func TestOnlyAPrivateNetwork(t *testing.T) {
	s := networked(t, t.TempDir(), netip.MustParseAddr("192.0.2.2"), netip.MustParseAddr("0.0.0.0"), netip.MustParseAddr("::"), netip.MustParseAddr("2001:db8::1"))
	code, seen := s.asksNetwork(t, "PUT", `{"on":true}`)
	if code != 200 || !seen.On || len(seen.Addresses)+len(seen.Plain) > 0 || !strings.Contains(seen.Refused, "no private network") {
		t.Errorf("%d %+v", code, seen)
	}
	s.outside.Addresses = func() []netip.Addr { return []netip.Addr{here4} }
	s.outside.mu.Lock()
	s.outside.look(time.Now())
	s.outside.mu.Unlock()
	if _, seen := s.asksNetwork(t, "GET", ""); len(seen.Addresses) != 1 || seen.Refused != "" {
		t.Errorf("once there is one: %+v", seen)
	}
	for _, a := range Addresses() {
		if !Near(a) || a.IsLoopback() {
			t.Errorf("%v is taken for an address of a private network", a)
		}
	}
}

// TestWhyItStaysOff: each reason is a sentence with a way out.
func TestWhyItStaysOff(t *testing.T) {
	if code, _ := New(Config{Address: address, Voices: silent(t), Web: fstest.MapFS{}}).asksNetwork(t, "PUT", `{"on":true}`); code != 409 {
		t.Errorf("a server without a network: %d", code)
	}
	s := networked(t, t.TempDir(), here4)
	for _, body := range []string{``, `{}`, `[]`, `{"on":"yes"}`} {
		if code, _ := s.asksNetwork(t, "PUT", body); code != 400 {
			t.Errorf("%q: %d", body, code)
		}
	}
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	_, port := split(taken.Addr())
	s.outside.Secure = port
	if code, seen := s.asksNetwork(t, "PUT", `{"on":true}`); code != 200 || !strings.Contains(seen.Refused, "--secure-port") || len(seen.Addresses) > 0 {
		t.Errorf("a taken port: %d %+v", code, seen)
	}
	data := t.TempDir()
	if err := os.Mkdir(filepath.Join(data, "authority"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(data, "authority", "authority.pem"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	open := networked(t, data, here4)
	if code, _ := open.asksNetwork(t, "PUT", `{"on":true}`); code != 409 || len(open.outside.openings) > 0 || open.outside.seen().On {
		t.Errorf("a key that others may read: %d", code)
	}
}
