package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"syscall"
	"time"

	"github.com/cli/browser"

	"stillpoint/internal/library"
	"stillpoint/internal/room"
	"stillpoint/internal/server"
	"stillpoint/internal/session"
	"stillpoint/internal/sleep"
	"stillpoint/web"
)

// usualAddress is on the loopback: nobody else can reach it.
const usualAddress = "127.0.0.1:7411"

type serveFlags struct {
	listen, data, speaker string
	open                  bool
	network               bool
	others                server.Network
}

func (c *call) serveFlags() (f serveFlags, err error) {
	data := c.dataFlag()
	listen := c.flags.String("listen", usualAddress, "")
	name := c.flags.String("speaker", "auto", "")
	noOpen := c.flags.Bool("no-open", false, "")
	network, others := c.networkFlags()
	words, err := c.parse()
	if err == nil && len(words) > 0 {
		err = usage("serve takes no names")
	}
	f = serveFlags{listen: *listen, data: *data, speaker: *name, open: !*noOpen, network: *network}
	if err == nil {
		f.others, err = others()
	}
	return f, err
}

// serve runs the server until ctx ends.
func serve(ctx context.Context, c *call) error {
	f, err := c.serveFlags()
	if err != nil {
		return err
	}
	l, err := listen(ctx, f.listen)
	if err != nil {
		return err
	}
	defer l.Close()
	address := l.Addr().String()
	release, err := holdData(f.data, "at http://"+address)
	if err != nil {
		return err
	}
	defer release()
	lib, err := library.Open(scriptsFolder(f.data))
	if err != nil {
		fmt.Fprintf(c.stderr, "stillpoint: %v. The built-in scripts are there.\n", err)
	}
	grounding := groundings(lib)
	diary, err := c.journal(f.data)
	if err != nil {
		fmt.Fprintf(c.stderr, "stillpoint: %v. Sessions work without it.\n", err)
	}
	defer diary.Close()
	rooms, err := server.OpenRooms(f.data)
	known := err == nil
	if err != nil {
		fmt.Fprintf(c.stderr, "stillpoint: %v. The rooms in it are not there; home is.\n", err)
	}
	kept, err := c.keptRooms(f.data)
	if err != nil {
		return err
	}
	defer kept.Close()
	voices := c.voices(f.data)
	sound := &hostSound{bank: newBank(voices)}
	house := room.New(room.Config{
		Store: kept, Zero: roomTime, Script: lib.Script, Groundings: grounding, Speech: voices.Length,
		Prepare: prepare(voices, sound.bank, grounding), Host: sound.ready, HostIn: rooms.Host(), Slept: sleep.Slept,
		Happened: both(followed(diary), rooms.Happened),
	})
	defer house.Close()
	house.Wake(ctx, leftIn(kept, rooms, known)...)
	var running sync.WaitGroup
	defer running.Wait()
	lasting, stop := context.WithCancel(context.WithoutCancel(ctx)) // outlives ctx by a farewell
	defer stop()
	defer sound.end()
	defer context.AfterFunc(ctx, sound.hush)() // whatever else still has to end
	running.Go(func() { sound.follow(lasting, house) })
	running.Go(func() { sound.keep(lasting, f.speaker, house, c.stderr) })

	url := "http://" + address
	fmt.Fprintf(c.stdout, "Stillpoint is at %s (this computer only). Ctrl-C ends it.\n", url)
	if f.open {
		go openBrowser(c, url) // some browsers keep the one who opens them waiting
	}
	s := server.New(server.Config{
		Address: address, House: house, Library: lib, Bank: sound.bank, Voices: voices, Web: web.Files, Data: f.data, Journal: diary,
		Rooms: rooms, Network: f.others,
		Version: buildVersion(), Instance: fmt.Sprintf("%x", time.Now().UnixNano()), Log: slog.New(slog.NewTextHandler(c.stderr, nil)),
	})
	openNetwork(c, s, f.network)
	return s.Serve(ctx, l)
}

// groundings is what `ground` begins, in every language it is written in.
func groundings(lib *library.Library) (all []session.Grounding) {
	for _, e := range lib.Versions("grounding") {
		all = append(all, session.Grounding{ID: e.ID, Script: e.Script})
	}
	return all
}

// listen opens the address, which has to be on this computer: a room's network
// is opened another way, with encryption and pairing, or not at all.
func listen(ctx context.Context, address string) (net.Listener, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, usage("--listen needs an address and a port, like " + usualAddress)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, usage("--listen " + address + " would open Stillpoint to other computers, which this does not do. Use 127.0.0.1 and a port; --network lets the devices of a room in, with encryption")
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", address)
	switch {
	case server.Taken(err):
		return nil, fmt.Errorf("%s is taken by another program, perhaps by a Stillpoint that runs already: look at http://%s.\nYou might end it, or take any free port with --listen 127.0.0.1:0", address, address)
	case errors.Is(err, syscall.EACCES):
		return nil, fmt.Errorf("%s may not be used by you. Ports from 1024 on may: --listen 127.0.0.1:7411", address)
	case err != nil:
		return nil, fmt.Errorf("listen on %s: %w", address, err)
	}
	return l, nil
}

// openBrowser shows the page; where there is no browser, the address that was
// printed is the way in.
func openBrowser(c *call, url string) {
	browser.Stdout, browser.Stderr = nil, nil
	if err := browser.OpenURL(url); err != nil {
		fmt.Fprintf(c.stderr, "No browser could be opened from here. Open %s in one.\n", url)
	}
}
