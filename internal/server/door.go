package server

import (
	"context"
	"net"
	"net/http"
	"time"

	"github.com/gorilla/websocket"
)

// farewell is how long a device is told that its door has closed, before it is cut off.
const farewell = 200 * time.Millisecond

// doorKind tells the ways in from one another.
type doorKind int

// The ways in. What one device may ask for depends on the one it came through.
const (
	Local  doorKind = iota // the loopback: whoever sits at this computer
	Secure                 // HTTPS at this computer's private addresses
	Plain                  // HTTP there: for a remote, and for fetching the certificate
)

// scheme is how an address of the door begins.
func (k doorKind) scheme() string {
	if k == Secure {
		return "https"
	}
	return "http"
}

// door is the way in that a request took. The zero door is the loopback, which
// needs no port: it has one address, and that is the configuration's.
type door struct {
	Kind doorKind
	Port int
}

// entrance is one address at which a door is open.
type entrance struct {
	door
	hosts []string        // every Host that means it, the usual one first
	open  context.Context // ends when it closes; nil for the loopback
}

// entranceKey is where a connection's context keeps its entrance.
type entranceKey struct{}

// through marks every request of a connection with the entrance it came by.
func through(ctx context.Context, e *entrance) context.Context {
	return context.WithValue(ctx, entranceKey{}, e)
}

// entranceOf is where a request came in: the loopback, unless its listener said
// otherwise.
func (s *Server) entranceOf(r *http.Request) *entrance {
	if e, ok := r.Context().Value(entranceKey{}).(*entrance); ok {
		return e
	}
	return &entrance{hosts: Hosts(s.Address)}
}

// doorOf is the door a request came through.
func doorOf(r *http.Request) door {
	if e, ok := r.Context().Value(entranceKey{}).(*entrance); ok {
		return e.door
	}
	return door{}
}

// newEntrance is an entrance of a network door at an address; name is what this
// computer is also called there, "" for nothing.
func newEntrance(kind doorKind, address net.Addr, name string, open context.Context) *entrance {
	host, port := split(address)
	e := &entrance{door: door{kind, port}, open: open}
	for _, h := range []string{host, name} {
		if h != "" {
			e.hosts = append(e.hosts, hostsOf(h, port, kind)...)
		}
	}
	return e
}

// closeWith ends the connection when the server ends, its device is put out or
// becomes another, or the door it came by closes; a device is told of that, so that
// it need not wait to find out.
func closeWith(c *conn) (unhook func()) {
	ended := context.AfterFunc(c.ctx, func() { c.ws.Close() })
	cut := context.AfterFunc(c.place.open, func() { c.ws.Close() })
	if c.entrance.open == nil {
		return func() { ended(); cut() }
	}
	shut := context.AfterFunc(c.entrance.open, func() {
		c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseGoingAway, "the network was switched off"), time.Now().Add(farewell))
		c.ws.Close()
	})
	return func() { ended(); cut(); shut() }
}
