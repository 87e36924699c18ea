package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// practice is a house with treatment rooms, to which devices come from the network.
// That is this computer's own address here, so that nothing leaves it.
type practice struct {
	*house
	secure, plain *house // the same, as the network finds it
}

// newPractice starts one with some rooms.
func newPractice(t testing.TB, rooms ...string) *practice {
	t.Helper()
	needChromium(t)
	h := (&house{data: t.TempDir(), programs: t.TempDir(),
		flags: []string{"--network", "--network-address", "127.0.0.1", "--secure-port", "0", "--plain-port", "0"}}).begun(t)
	h.makes(t, rooms...)
	var network struct{ Addresses, Plain []string }
	h.finds(t, "/api/network", &network)
	if len(network.Addresses) != 1 || len(network.Plain) != 1 {
		t.Fatalf("the network finds it at %v and %v", network.Addresses, network.Plain)
	}
	return &practice{house: h, secure: &house{url: network.Addresses[0]}, plain: &house{url: network.Plain[0]}}
}

// finds reads what stands at a path.
func (h *house) finds(t testing.TB, path string, into any) {
	t.Helper()
	answer, err := http.Get(h.url + path)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if err := json.NewDecoder(answer.Body).Decode(into); err != nil {
		t.Fatalf("%s: %s %v", path, answer.Status, err)
	}
}

// invitation is one as a guide has it.
type invitation struct{ ID, Number, Link, Plain string }

// invites lets a device in that is to be something in a room.
func (p *practice) invites(d *device, room, role string) invitation {
	d.t.Helper()
	return ask[invitation](d, fmt.Sprintf(`fetch('/api/invitations', {method: 'POST', headers: {'Content-Type': 'application/json'},
		body: JSON.stringify({room: %q, role: %q})}).then((answer) => answer.json())`, room, role))
}

// stranger opens a window that nobody knows at one of the doors. Its browser takes the
// practice's certificate, as one does that was told to trust it.
func (p *practice) stranger(t testing.TB, door *house, path string, as size) *device {
	t.Helper()
	browser, end, err := startChromium("--ignore-certificate-errors")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(end)
	d := door.blank(t, browser, as)
	d.unknown = true
	if strings.HasPrefix(path, "/") {
		path = door.url + path
	}
	d.goes(path)
	return d
}

// dials puts digits where the keyboard is.
func (d *device) dials(digits string) {
	d.t.Helper()
	for _, digit := range digits {
		d.strike(key{string(digit), "Digit" + string(digit), string(digit), int64(digit)})
	}
}

// wifi is what devices have between themselves and the secure door of a practice, and the
// browser they share, each in a context of its own.
type wifi struct {
	*line
	practice *practice
	browser  context.Context
}

// newWiFi begins one.
func (p *practice) newWiFi(t testing.TB) *wifi {
	t.Helper()
	door := strings.TrimPrefix(p.secure.url, "https://")
	l := newLine(t, door)
	browser, end, err := startChromium("--ignore-certificate-errors", "--host-resolver-rules=MAP "+door+" 127.0.0.1:"+l.port)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(end)
	return &wifi{l, p, browser}
}

// comesIn lets a device in that has the Wi-Fi in between. It may be lost.
func (w *wifi) comesIn(guide *device, room, role string, as size) *device {
	guide.t.Helper()
	d := w.practice.secure.blank(guide.t, w.browser, as)
	d.unknown, d.alone = true, true
	d.goes(w.practice.invites(guide, room, role).Link)
	d.goesIn()
	return d
}

// comesIn opens what a guide has invited a device to, and goes on to what it is there.
func (p *practice) comesIn(guide *device, door *house, room, role string, as size) *device {
	guide.t.Helper()
	i := p.invites(guide, room, role)
	link := i.Link
	if door == p.plain {
		link = i.Plain
	}
	d := p.stranger(guide.t, door, link, as)
	d.goesIn()
	return d
}

// goesIn goes on to what a device is, once it has been let in.
func (d *device) goesIn() {
	d.t.Helper()
	d.press("Go on")
	d.await("watch.room()?.status === 'live' && document.querySelector('h1')?.innerText")
}
