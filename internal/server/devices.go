package server

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"time"

	"stillpoint/internal/pairing"
	"stillpoint/internal/room"
	"stillpoint/internal/session"
	"stillpoint/internal/transport"
)

// devicesFile is where the devices are kept, in the person's folder.
const devicesFile = "devices.json"

// maxSocketsEach is how many sockets one device may have: a few windows, and the
// old ones of a few reloads.
const maxSocketsEach = 8

// devices is who may come in from the network, and which of them are connected. Safe
// for concurrent use; nothing here waits for a disk but save.
type devices struct {
	file pairing.File
	log  *slog.Logger

	mu       sync.Mutex
	register *pairing.Register
	places   map[*place]struct{}
	readings map[*reading]struct{}

	disk sync.Mutex // held while the file is written
}

// place is a socket of a device, from before it opens until it has closed. A page of
// this computer has one too, of no device.
type place struct {
	device pairing.Device
	open   context.Context // ends when the device is put out, or becomes another
	cut    context.CancelFunc
	conn   *conn // once it has joined; the devices' lock guards it
}

func newDevices(folder string, log *slog.Logger) *devices {
	d := &devices{log: log, places: map[*place]struct{}{}, readings: map[*reading]struct{}{}}
	if folder != "" {
		d.file = pairing.File(filepath.Join(folder, devicesFile))
	}
	register, err := d.file.Load()
	if err != nil {
		log.Warn("no device is known any more; each can be invited again", "error", err)
	}
	d.register = register
	return d
}

// save keeps the devices as they are now.
func (d *devices) save() error {
	if d.file == "" {
		return nil
	}
	d.disk.Lock()
	defer d.disk.Unlock()
	return d.write()
}

// saveBehind keeps them in its own time, or leaves that to whoever is at it.
func (d *devices) saveBehind() {
	if d.file == "" || !d.disk.TryLock() {
		return
	}
	go func() {
		defer d.disk.Unlock()
		if err := d.write(); err != nil {
			d.log.Warn("keep the devices", "error", err)
		}
	}()
}

func (d *devices) write() error {
	d.mu.Lock()
	content := d.register.Content()
	d.mu.Unlock()
	return d.file.Save(content)
}

// known is the device that has a secret at a door, and notes that it is here.
func (d *devices) known(at door, secret string) (pairing.Device, bool) {
	now := time.Now()
	d.mu.Lock()
	one, ok := d.register.Known(at.words(), secret, now)
	changed := false
	if ok {
		changed, _ = d.register.Used(one.ID, now)
	}
	d.mu.Unlock()
	if changed {
		d.saveBehind()
	}
	return one, ok
}

// stillHere notes that a connected device is here; false when it is known no more.
func (d *devices) stillHere(p *place) bool {
	if p.device.ID == "" {
		return true
	}
	d.mu.Lock()
	changed, err := d.register.Used(p.device.ID, time.Now())
	d.mu.Unlock()
	if changed {
		d.saveBehind()
	}
	return err == nil
}

// take is a place for a socket of a visitor, as its device is now; or why it has none.
func (d *devices) take(v visitor) (*place, error) {
	p := &place{}
	p.open, p.cut = context.WithCancel(context.Background())
	if v.device.ID == "" {
		return p, nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	device, err := d.register.Device(v.device.ID, time.Now())
	if err != nil {
		return nil, err
	}
	if len(d.of(device.ID)) >= maxSocketsEach {
		return nil, &session.Refusal{Code: session.Full, Text: "This device has many windows open. You might close one."}
	}
	p.device = device
	d.places[p] = struct{}{}
	return p, nil
}

// leave gives a place up.
func (d *devices) leave(p *place) {
	p.cut()
	d.mu.Lock()
	delete(d.places, p)
	d.mu.Unlock()
}

// joined says whose place it is from now on.
func (d *devices) joined(p *place, c *conn) {
	d.mu.Lock()
	p.conn = c
	d.mu.Unlock()
}

// of is the places of a device. The lock is held.
func (d *devices) of(id string) (list []*place) {
	for p := range d.places {
		if p.device.ID == id {
			list = append(list, p)
		}
	}
	return list
}

// conns is a device's connections that have joined.
func (d *devices) conns(id string) (list []*conn) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, p := range d.of(id) {
		if p.conn != nil {
			list = append(list, p.conn)
		}
	}
	return list
}

// busy says whether a device of the network is in a session that has begun and is not
// over.
func (d *devices) busy() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	for p := range d.places {
		if p.conn == nil {
			continue
		}
		if now := p.conn.room.State(); now.Loaded() && (now.Transport.State == transport.Playing || now.Transport.State == transport.Paused) {
			return true
		}
	}
	return false
}

// cutOff ends all sockets of a device, and what it reads, and says which of them had
// joined. The lock is held.
func (d *devices) cutOff(id string) (cut []*conn) {
	for _, p := range d.of(id) {
		p.cut()
		if p.conn != nil {
			cut = append(cut, p.conn)
		}
	}
	for one := range d.readings {
		if one.device == id && id != "" {
			one.cut()
		}
	}
	return cut
}

// joinedAway is the connections of all devices of the network.
func (d *devices) joinedAway() (list []*conn) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for p := range d.places {
		if p.conn != nil {
			list = append(list, p.conn)
		}
	}
	return list
}

// withoutClients pauses every room whose last client was among connections that have
// been cut off: who lies there has nothing left to stop it with.
func withoutClients(cut []*conn) {
	clients := map[*room.Room][]string{}
	for _, c := range cut {
		if role := c.seat.Role; role == session.Guest || role == session.Display {
			clients[c.room] = append(clients[c.room], c.seat.ID)
		}
	}
	for in, ids := range clients {
		in.ClientOut(ids...)
	}
}

// visitor is who a request is from, by the door it came through and the cookie it
// brings there.
func (s *Server) visitor(r *http.Request) visitor {
	at := doorOf(r)
	if at.Kind == Local {
		return visitor{crowd: here}
	}
	cookie, err := r.Cookie(at.cookie())
	if err != nil || cookie.Value == "" {
		return visitor{crowd: strangers}
	}
	device, ok := s.devices.known(at, cookie.Value)
	if !ok || device.Plain != (at.Kind == Plain) {
		return visitor{crowd: strangers}
	}
	return visitor{crowdOf[device.Role], device}
}

// words are what a door is called where a secret is bound to it.
func (d door) words() string { return d.cookie() }

// cookie is the name of a device's cookie at a door. A browser sends a cookie to
// every port of an address; the name says whose it is, and the secret counts at its
// own door alone.
func (d door) cookie() string {
	name := "stillpoint-" + strconv.Itoa(d.Port)
	if d.Kind == Secure {
		name = "__Host-" + name
	}
	return name
}

// from is the address a request came from; the zero Addr where that is none.
func from(r *http.Request) netip.Addr {
	at, _ := netip.ParseAddrPort(r.RemoteAddr)
	return at.Addr()
}

// deviceSeen is a device, as a guide sees it. Times are in ms since 1970.
type deviceSeen struct {
	deviceSelf
	Plain  bool     `json:"plain,omitempty"`
	By     *inviter `json:"by,omitempty"` // the device that let it in; absent: this computer
	Paired int64    `json:"paired"`
	Last   int64    `json:"last"`
	Here   bool     `json:"here"`
	People []string `json:"people"` // the participants it is now, one for each window
}

// inviter is the device that let another in, as it was called then.
type inviter struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// deviceSelf is a device, as it sees itself.
type deviceSelf struct {
	ID   string       `json:"id"`
	Name string       `json:"name"`
	Role session.Role `json:"role"`
	Room string       `json:"room"`
}

func selfOf(d pairing.Device) deviceSelf { return deviceSelf{d.ID, d.Name, d.Role, d.Room} }

func (s *Server) seen(d pairing.Device) deviceSeen {
	seen := deviceSeen{deviceSelf: selfOf(d), Plain: d.Plain, Paired: d.Paired.UnixMilli(), Last: d.Last.UnixMilli(), People: []string{}}
	if d.By.ID != "" {
		seen.By = &inviter{d.By.ID, d.By.Name}
	}
	for _, c := range s.devices.conns(d.ID) {
		seen.People = append(seen.People, c.seat.ID)
	}
	slices.Sort(seen.People)
	seen.Here = len(seen.People) > 0
	return seen
}
