// Package server is the door: HTTP, the WebSocket, the browser's track and the
// static files. It checks who knocks, translates between the wire and the rooms,
// and keeps every connection within bounds. It knows nothing of how a session
// works.
package server

import (
	"context"
	"io/fs"
	"log"
	"log/slog"
	"net"
	"net/http"
	"time"

	"stillpoint/internal/audio"
	"stillpoint/internal/journal"
	"stillpoint/internal/library"
	"stillpoint/internal/room"
	"stillpoint/internal/script"
	"stillpoint/internal/timeline"
	"stillpoint/internal/voice"
)

// Config is what the server needs. All fields are required but Data, Log, Network,
// Prepare, Reach, Rooms and Journal.
type Config struct {
	Address  string // the host:port actually listened on
	House    *room.House
	Library  *library.Library
	Bank     *audio.Bank
	Voices   *voice.Voices
	Web      fs.FS  // index.html and what it needs
	Data     string // the person's folder; "" when there is none
	Version  string
	Instance string // tells this run of the program from another
	Log      *slog.Logger
	Journal  *journal.Journal // what is practised; nil: nothing is kept
	Rooms    *Rooms           // beside home; nil: none yet, and they are not kept
	Network  Network          // how other devices could find it; it begins switched off

	// Prepare gives a session its voice before it becomes a file, as it does for a
	// room; nil: what Voices says.
	Prepare func(context.Context, *script.Script, timeline.Settings) (timeline.Settings, error)

	// Reach is where the network finds this server: scheme, host and port of its
	// encrypted addresses and of the others, the usual one first. nil: where Network
	// is open.
	Reach func() (secure, plain []string)
}

// Limits on what one client can hold of the server.
const (
	maxSockets = 128 // open WebSockets in all
	maxCopies  = 1   // copies of a track being made at the same time for this computer, and as many for the network
	maxPrepare = 2   // voices being made ready at a page's wish at the same time
	maxHeader  = 16 << 10
	maxBody    = 32 << 10

	headWithin    = 5 * time.Second
	requestWithin = 15 * time.Second
	idleFor       = 60 * time.Second
)

// Server answers requests. Serve runs it; Close ends its sockets.
type Server struct {
	Config
	sockets    chan struct{} // a place for each open socket
	copies     chan struct{} // of this computer's own pages
	copiesAway chan struct{} // of the network's devices
	prepares   chan struct{}
	imports    chan struct{} // the one place for a journal being taken in
	files      *files
	devices    *devices
	outside    *outside
	knocks     *knocks
	handler    http.Handler
	assets     map[string]asset // of the page, by name
	scores     scores
	stop       context.CancelFunc
	ctx        context.Context
}

// New is a server that is not yet listening.
func New(c Config) *Server {
	if c.Prepare == nil {
		c.Prepare = c.Voices.Settle
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Rooms == nil {
		c.Rooms = &Rooms{}
	}
	s := &Server{Config: c, sockets: make(chan struct{}, maxSockets), copies: make(chan struct{}, maxCopies), copiesAway: make(chan struct{}, maxCopies),
		prepares: make(chan struct{}, maxPrepare), imports: make(chan struct{}, 1)}
	s.ctx, s.stop = context.WithCancel(context.Background())
	s.assets = assetsOf(c.Web)
	s.devices = newDevices(c.Data, c.Log)
	s.files = &files{log: c.Log, ctx: s.ctx}
	s.outside = &outside{Network: c.Network, server: s, listen: net.Listen}
	if s.Reach == nil {
		s.Reach = s.outside.reach
	}
	s.knocks = &knocks{all: map[*knocker]struct{}{}}
	s.handler = s.routes()
	return s
}

// Handler is every route, behind the guard.
func (s *Server) Handler() http.Handler { return s.handler }

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", s.health)
	mux.HandleFunc("GET /ws", s.socket)
	mux.HandleFunc("GET /api/scripts", s.scripts)
	mux.HandleFunc("GET /api/scripts/{id}", s.script)
	mux.HandleFunc("POST /api/scripts", s.keepScript)
	mux.HandleFunc("DELETE /api/scripts/{id}", s.forgetScript)
	mux.HandleFunc("POST /api/scripts/refresh", s.refresh)
	mux.HandleFunc("GET /api/plan", s.plan)
	mux.HandleFunc("POST /api/timeline", s.timeline)
	mux.HandleFunc("POST /api/sessions", s.newSession)
	mux.HandleFunc("GET /api/sessions/{id}", s.session)
	mux.HandleFunc("GET /api/sessions/{id}/track.wav", s.track)
	mux.HandleFunc("GET /api/sessions/{id}/track.mp3", s.copy)
	mux.HandleFunc("GET /api/bell.wav", s.bell)
	mux.HandleFunc("GET /api/voices", s.voices)
	mux.HandleFunc("POST /api/voices/prepare", s.prepareVoice)
	mux.HandleFunc("GET /api/voices/{id}/sample.wav", s.sample)
	mux.HandleFunc("POST /api/files", s.newFile)
	mux.HandleFunc("GET /api/files/{id}", s.fileLook)
	mux.HandleFunc("GET /api/files/{id}/{name}", s.fileSound)
	mux.HandleFunc("DELETE /api/files/{id}", s.fileGone)
	s.journalRoutes(mux)
	s.deviceRoutes(mux)
	s.roomRoutes(mux)
	s.networkRoutes(mux)
	s.trustRoutes(mux)
	mux.HandleFunc("GET /shell.json", s.shell)
	mux.Handle("GET /", s.doorstep(s.static()))
	return s.guard(mux)
}

// Serve answers on l until ctx ends, then lets what is under way finish for a
// moment, closes every door and every socket and takes the files away.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	h := s.answering()
	defer s.files.close()
	defer s.outside.end()
	closed := make(chan struct{})
	unhook := context.AfterFunc(ctx, func() {
		defer close(closed)
		s.stop()
		s.outside.end()
		grace, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if h.Shutdown(grace) != nil {
			h.Close()
		}
	})
	err := h.Serve(l)
	if unhook() { // it ended by itself
		s.stop()
		return err
	}
	<-closed
	return nil
}

// quietly is where the HTTP server tells of connections that came to nothing.
func (s *Server) quietly() *log.Logger {
	return slog.NewLogLogger(s.Log.Handler(), slog.LevelDebug)
}

func (s *Server) health(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, map[string]any{"ok": true, "version": s.Version, "instance": s.Instance})
}
