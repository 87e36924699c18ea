package browser

import (
	"io"
	"net"
	"sync"
	"testing"
	"time"
)

// line is the Wi-Fi between devices and the house they came to: it may be slow, say
// nothing for a while, or be cut. It stands where a door stands, and hands on
// what it is given.
type line struct {
	port string // where it takes what was meant for the door

	mu    sync.Mutex
	delay time.Duration // each way
	still chan struct{} // closed when what is held goes on; nil while nothing is held
	cut   bool
	ends  map[net.Conn]struct{}
}

// piece is some bytes on their way, and when they are due.
type piece struct {
	bytes []byte
	due   time.Time
}

// newLine begins one to a door.
func newLine(t testing.TB, door string) *line {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	one := &line{port: port(l.Addr().String()), ends: map[net.Conn]struct{}{}}
	go one.accept(l, door)
	t.Cleanup(func() { l.Close(); one.flows(); one.cuts() })
	return one
}

func (l *line) accept(listener net.Listener, door string) {
	for {
		from, err := listener.Accept()
		if err != nil {
			return
		}
		to, err := net.Dial("tcp", door)
		if err != nil || !l.holds(from, to) {
			from.Close()
			continue
		}
		go l.carry(from, to)
		go l.carry(to, from)
	}
}

// holds takes both ends of a connection, unless the line is cut.
func (l *line) holds(ends ...net.Conn) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, end := range ends {
		if l.cut {
			end.Close()
		} else {
			l.ends[end] = struct{}{}
		}
	}
	return !l.cut
}

// carry hands on what comes from one end to the other, in order, when it is due.
func (l *line) carry(from, to net.Conn) {
	way := make(chan piece, 1<<12)
	go func() {
		defer close(way)
		for {
			bytes := make([]byte, 32<<10)
			n, err := from.Read(bytes)
			if err != nil {
				return
			}
			l.mu.Lock()
			due := time.Now().Add(l.delay)
			l.mu.Unlock()
			way <- piece{bytes[:n], due}
		}
	}()
	for p := range way {
		time.Sleep(time.Until(p.due))
		l.wait()
		if _, err := to.Write(p.bytes); err != nil {
			break
		}
	}
	from.Close()
	to.Close()
	io.Copy(io.Discard, from) // it has ended
	for range way {
	}
}

// wait is until nothing is held.
func (l *line) wait() {
	l.mu.Lock()
	still := l.still
	l.mu.Unlock()
	if still != nil {
		<-still
	}
}

// slows makes everything take longer, each way.
func (l *line) slows(by time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.delay = by
}

// stalls holds what is on its way, both ways; nobody is told.
func (l *line) stalls() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.still = make(chan struct{})
}

// cuts ends every connection, and takes none.
func (l *line) cuts() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cut = true
	for end := range l.ends {
		end.Close()
		delete(l.ends, end)
	}
}

// flows lets everything go on as before.
func (l *line) flows() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.still != nil {
		close(l.still)
	}
	l.still, l.cut = nil, false
}
