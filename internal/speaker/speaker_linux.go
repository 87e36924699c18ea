package speaker

import (
	"fmt"
	"net"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/faiface/beep"
	"github.com/jfreymuth/pulse/proto"
)

// The server holds bufferLength of sound and asks for more in steps of about
// 10 ms, so that what is wanted now is heard soon. PipeWire answers the same
// protocol.
const (
	bufferLength = rate / 1000 * 130 * frameSize // bytes: 130 ms, of which the server keeps two thirds
	askLength    = block * frameSize
	nowhere      = "auto_null"            // the server's stand-in when there is no card
	lookEvery    = 500 * time.Millisecond // how often the server is asked how late it is
)

// pulse is one stream on a sound server. The reader goroutine of the connection
// says what is asked for and never waits; pull gives it; look measures. Closing
// done and the connection ends all three.
type pulse struct {
	*Speaker
	auto   bool
	client *proto.Client
	conn   net.Conn
	index  uint32 // of the stream

	stream beep.Streamer
	heard  listener             // nil: the stream does not want to know
	asked  atomic.Int64         // bytes the server still wants
	wake   chan struct{}        // one wake-up waits; more would say nothing new
	mark   atomic.Pointer[mark] // the last measurement
	gone   func()               // closes lost, once
	done   chan struct{}        // closed by Close
	ended  sync.WaitGroup
}

// mark says when a frame, counted from the first one given, is heard.
type mark struct {
	frame int
	at    time.Time
}

func open(name string, s beep.Streamer) (*Speaker, error) {
	client, conn, err := connect()
	if err != nil {
		return nil, err
	}
	p, err := start(client, conn, name, s)
	if err != nil {
		conn.Close()
		return nil, err
	}
	return p.Speaker, nil
}

func list() ([]string, error) {
	client, conn, err := connect()
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	return sinks(client)
}

// connect finds the sound server the way every program here does: PULSE_SERVER,
// then the runtime directory.
func connect() (*proto.Client, net.Conn, error) {
	client, conn, err := proto.Connect("")
	if err != nil {
		return nil, nil, fmt.Errorf("%w (%v)", ErrNone, err)
	}
	name := proto.PropList{"application.name": proto.PropListString("Stillpoint")}
	if err := client.Request(&proto.SetClientName{Props: name}, &proto.SetClientNameReply{}); err != nil {
		conn.Close()
		return nil, nil, fmt.Errorf("%w (%v)", ErrNone, err)
	}
	return client, conn, nil
}

func sinks(client *proto.Client) (names []string, err error) {
	var found proto.GetSinkInfoListReply
	if err := client.Request(&proto.GetSinkInfoList{}, &found); err != nil {
		return nil, fmt.Errorf("ask the sound server for its speakers: %w", err)
	}
	for _, s := range found {
		names = append(names, s.SinkName)
	}
	return names, nil
}

// choose is the sink to play on.
func choose(client *proto.Client, name string) (string, error) {
	if name == Auto {
		var server proto.GetServerInfoReply
		if err := client.Request(&proto.GetServerInfo{}, &server); err != nil {
			return "", fmt.Errorf("ask the sound server for its speaker: %w", err)
		}
		if server.DefaultSinkName == "" || server.DefaultSinkName == nowhere {
			return "", ErrNone
		}
		return server.DefaultSinkName, nil
	}
	names, err := sinks(client)
	if err != nil {
		return "", err
	}
	if !slices.Contains(names, name) {
		return "", errUnknown(name, names)
	}
	return name, nil
}

func start(client *proto.Client, conn net.Conn, name string, s beep.Streamer) (*pulse, error) {
	sink, err := choose(client, name)
	if err != nil {
		return nil, err
	}
	p := &pulse{
		Speaker: opened(sink), auto: name == Auto, client: client, conn: conn, stream: s,
		wake: make(chan struct{}, 1), done: make(chan struct{}),
	}
	p.heard, _ = s.(listener)
	p.gone = sync.OnceFunc(func() { close(p.lost) })
	p.Speaker.close = sync.OnceFunc(p.end)
	client.Callback = p.hear
	var reply proto.CreatePlaybackStreamReply
	if err := client.Request(request(sink), &reply); err != nil {
		return nil, fmt.Errorf("open speaker %q: %w", sink, err)
	}
	p.index = reply.StreamIndex
	p.latency.Store(int64(reply.BufferTargetLength)/frameSize*int64(time.Second)/rate + int64(reply.SinkLatency)*int64(time.Microsecond))
	p.ask(reply.Missing)
	p.ended.Go(p.pull)
	p.ended.Go(p.look)
	return p, nil
}

// request asks for a stream whose volume is left to the system's mixer, which
// remembers what the person chose.
func request(sink string) *proto.CreatePlaybackStream {
	return &proto.CreatePlaybackStream{
		SampleSpec:            proto.SampleSpec{Format: proto.FormatFloat32LE, Channels: 2, Rate: rate},
		ChannelMap:            proto.ChannelMap{proto.ChannelLeft, proto.ChannelRight},
		SinkIndex:             proto.Undefined,
		SinkName:              sink,
		BufferMaxLength:       2 * bufferLength,
		BufferTargetLength:    bufferLength,
		BufferPrebufferLength: 0, // it runs from the beginning, on silence if need be
		BufferMinimumRequest:  askLength,
		ChannelVolumes:        proto.ChannelVolumes{proto.VolumeNorm, proto.VolumeNorm},
		AdjustLatency:         true,
		Properties: proto.PropList{
			"media.name": proto.PropListString("Session"),
			"media.role": proto.PropListString("music"),
		},
	}
}

// hear takes what the server says. It runs on the connection's goroutine.
func (p *pulse) hear(message any) {
	switch m := message.(type) {
	case *proto.Request:
		p.ask(m.Length)
	case *proto.Underflow:
		p.gaps.Add(1)
	case *proto.PlaybackStreamMoved:
		p.name.Store(&m.DestName)
		if p.auto && m.DestName == nowhere {
			p.gone()
		}
	case *proto.PlaybackStreamKilled, *proto.ConnectionClosed:
		p.gone()
	}
}

func (p *pulse) ask(bytes uint32) {
	p.asked.Add(int64(bytes))
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

// pull gives the server what it asks for, in blocks.
func (p *pulse) pull() {
	var mixed [block][2]float64
	var bytes [askLength]byte
	given := 0
	for {
		select {
		case <-p.done:
			return
		case <-p.wake:
		}
		for p.asked.Load() >= frameSize {
			n := int(min(p.asked.Load()/frameSize, block))
			p.tell(given)
			clear(mixed[:n])
			p.stream.Stream(mixed[:n])
			if err := p.client.Send(p.index, encode(bytes[:], mixed[:n])); err != nil {
				p.gone()
				return
			}
			given += n
			p.asked.Add(int64(-n * frameSize))
		}
	}
}

// tell says to the stream when the frame given next is heard.
func (p *pulse) tell(given int) {
	if m := p.mark.Load(); m != nil && p.heard != nil {
		p.heard.Heard(m.at.Add(time.Duration(given-m.frame) * time.Second / rate))
	}
}

// look measures how late the sound is, for as long as the server answers.
func (p *pulse) look() {
	again := time.NewTicker(lookEvery)
	defer again.Stop()
	for missed := 0; missed < 2; {
		if err := p.measure(); err != nil {
			missed++
		} else {
			missed = 0
		}
		select {
		case <-p.done:
			return
		case <-again.C:
		}
	}
	p.gone()
}

// measure marks the last frame the server has received: it is heard after what
// lies before it in the buffer and in the card.
func (p *pulse) measure() error {
	var r proto.GetPlaybackLatencyReply
	before := time.Now()
	if err := p.client.Request(&proto.GetPlaybackLatency{StreamIndex: p.index}, &r); err != nil {
		return err
	}
	answered := before.Add(time.Since(before) / 2)
	wait := time.Duration(r.Latency) * time.Microsecond
	wait += time.Duration((r.WriteIndex-r.ReadIndex)/frameSize) * time.Second / rate
	p.latency.Store(int64(wait))
	p.mark.Store(&mark{int(r.WriteIndex / frameSize), answered.Add(wait)})
	return nil
}

// end stops everything and waits for it.
func (p *pulse) end() {
	close(p.done)
	p.conn.Close()
	p.ended.Wait()
}
