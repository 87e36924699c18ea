package server

import (
	"context"
	"net/http"
	"slices"
	"time"

	"stillpoint/internal/room"
	"stillpoint/internal/session"
)

// Places for readers of sound. Most of them wait: a browser takes some seconds of a
// track, and the rest as it is heard.
const (
	maxReads     = 16 // at the same time
	maxReadsEach = 4  // of one device: what is heard, what follows it, and a seek or two
	heldReads    = 6  // for this computer's own pages, whatever the network reads
)

// reading is a device that reads sound; of a page of this computer, no device.
type reading struct {
	device string
	cut    context.CancelFunc
}

// reads is a place to read sound, until it is left; open ends before that when the
// device is put out or becomes another. False when there is none.
func (d *devices) reads(device string) (open context.Context, leave func(), ok bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.hasPlace(device) {
		return nil, nil, false
	}
	one := &reading{device: device}
	open, one.cut = context.WithCancel(context.Background())
	d.readings[one] = struct{}{}
	return open, func() {
		one.cut()
		d.mu.Lock()
		delete(d.readings, one)
		d.mu.Unlock()
	}, true
}

// hasPlace says whether there is a place for one reader more. The lock is held.
func (d *devices) hasPlace(device string) bool {
	away, own := 0, 0
	for one := range d.readings {
		if one.device != "" {
			away++
		}
		if one.device == device {
			own++
		}
	}
	return len(d.readings) < maxReads && (device == "" || away < maxReads-heldReads && own < maxReadsEach)
}

// mayRead says whether a visitor is the sound of its room, or may become it: it has
// been tapped. One that is not connected at the moment may have been the sound, and
// comes back as that.
func (s *Server) mayRead(v visitor) bool {
	if v.device.ID == "" {
		return true
	}
	conns := s.devices.conns(v.device.ID)
	return len(conns) == 0 || slices.ContainsFunc(conns, (*conn).maySound)
}

func (c *conn) maySound() bool {
	here := c.room.People()
	return here.Sound == c.seat.ID || here.Coming == c.seat.ID ||
		slices.ContainsFunc(here.People, func(p room.Person) bool { return p.ID == c.seat.ID && p.Armed })
}

// reader is a place for a request that reads sound, and its writer, which may wait so
// long for a reader that takes nothing. Leave has to be called. False after an answer
// that there is no place.
func (s *Server) reader(w http.ResponseWriter, r *http.Request, idle time.Duration) (p *patient, leave func(), ok bool) {
	open, left, ok := s.devices.reads(visitorOf(r).device.ID)
	if !ok {
		refuse(w, http.StatusServiceUnavailable, session.Full, "Too many devices are reading sound at once. It works again in a moment.")
		return nil, nil, false
	}
	p = &patient{w, http.NewResponseController(w), open, idle}
	unhook := context.AfterFunc(open, func() { p.control.SetWriteDeadline(time.Now()) })
	return p, func() { unhook(); left() }, true
}

// patient gives every write its own time limit, and none once its device is out.
type patient struct {
	http.ResponseWriter
	control *http.ResponseController
	open    context.Context
	idle    time.Duration
}

// Write waits for the reader.
func (p *patient) Write(b []byte) (int, error) {
	p.control.SetWriteDeadline(time.Now().Add(p.idle))
	if err := p.open.Err(); err != nil { // looked at last, so that no limit is set after its end
		p.control.SetWriteDeadline(time.Now())
		return 0, err
	}
	return p.ResponseWriter.Write(b)
}
