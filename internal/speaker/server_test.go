//go:build linux

package speaker

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/jfreymuth/pulse/proto"
)

// The tests here play into a sound server of their own, with a null sink for each
// test, and listen to what arrives. They take real time: this is hardware's side.

// sinkNames are the null sinks of the server, so that tests can play side by side.
var sinkNames = []string{"steady", "same", "onset", "stop", "cut", "keep", "close"}

func TestMain(m *testing.M) {
	os.Exit(func() int {
		server, err := serve()
		if err != nil {
			fmt.Fprintln(os.Stderr, "no sound server for these tests:", err)
			if os.Getenv("CI") == "true" {
				return 1
			}
		} else {
			defer server.stop()
		}
		return m.Run()
	}())
}

// needsServer skips a test where pulseaudio is not installed. On CI it must be.
func needsServer(t *testing.T) {
	t.Helper()
	if os.Getenv("PULSE_SERVER") == "" {
		t.Skip("pulseaudio is not installed")
	}
}

type server struct {
	cmd *exec.Cmd
	dir string
}

// serve starts a sound server and points this process to it. Its directory is
// short: a socket's path may have 107 characters. Should this process be killed, the
// server ends by itself when nobody has asked it for anything for 20 s.
func serve() (*server, error) {
	os.Unsetenv("PULSE_SERVER")
	path, err := exec.LookPath("pulseaudio")
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("/tmp", "sp")
	if err != nil {
		return nil, err
	}
	s := &server{dir: dir}
	socket := filepath.Join(dir, "s")
	args := []string{"-n", "--daemonize=no", "--exit-idle-time=20", "--use-pid-file=no", "--realtime=no", "--high-priority=no",
		"-L", "module-native-protocol-unix auth-anonymous=1 socket=" + socket}
	for _, name := range sinkNames {
		args = append(args, "-L", "module-null-sink format=float32le rate=48000 sink_name="+name)
	}
	s.cmd = exec.Command(path, args...)
	s.cmd.Env = append(os.Environ(), "HOME="+dir, "XDG_RUNTIME_DIR="+dir)
	if err := s.cmd.Start(); err != nil {
		s.stop()
		return nil, err
	}
	os.Setenv("PULSE_SERVER", "unix:"+socket)
	os.Setenv("PULSE_COOKIE", filepath.Join(dir, "no-cookie"))
	for range 100 {
		if names, err := List(); err == nil && len(names) == len(sinkNames) {
			return s, nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	s.stop()
	os.Unsetenv("PULSE_SERVER")
	return nil, fmt.Errorf("pulseaudio did not answer within 5 s")
}

func (s *server) stop() {
	if s.cmd.Process != nil {
		s.cmd.Process.Kill()
		s.cmd.Wait()
	}
	os.RemoveAll(s.dir)
}

// recording is what was heard on a sink, and when.
type recording struct {
	t      *testing.T
	client *proto.Client
	conn   interface{ Close() error }
	index  uint32

	mu   sync.Mutex
	raw  bytes.Buffer
	zero time.Time // when its first frame was heard, as far as is known
}

// record begins to listen to a sink.
func record(t *testing.T, sink string) *recording {
	t.Helper()
	client, conn, err := connect()
	if err != nil {
		t.Fatal(err)
	}
	r := &recording{t: t, client: client, conn: conn}
	t.Cleanup(func() { conn.Close() })
	client.Callback = func(m any) {
		if p, ok := m.(*proto.DataPacket); ok {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.raw.Write(p.Data)
		}
	}
	var reply proto.CreateRecordStreamReply
	if err := client.Request(&proto.CreateRecordStream{
		SampleSpec:         proto.SampleSpec{Format: proto.FormatFloat32LE, Channels: 2, Rate: rate},
		ChannelMap:         proto.ChannelMap{proto.ChannelLeft, proto.ChannelRight},
		SourceIndex:        proto.Undefined,
		SourceName:         sink + ".monitor",
		BufferMaxLength:    1 << 22,
		BufferFragSize:     askLength,
		AdjustLatency:      true,
		DirectOnInputIndex: proto.Undefined,
		ChannelVolumes:     proto.ChannelVolumes{proto.VolumeNorm, proto.VolumeNorm},
		Properties:         proto.PropList{},
	}, &reply); err != nil {
		t.Fatal(err)
	}
	r.index = reply.StreamIndex
	return r
}

// locate measures when the recording's first frame was heard: the earliest of a
// few answers, since waiting only ever makes it later.
func (r *recording) locate() time.Time {
	for range 10 {
		var l proto.GetRecordLatencyReply
		before := time.Now()
		if err := r.client.Request(&proto.GetRecordLatency{StreamIndex: r.index}, &l); err != nil {
			r.t.Fatal(err)
		}
		now := before.Add(time.Since(before) / 2)
		behind := time.Duration(l.Latency)*time.Microsecond - time.Duration(l.MonitorLatency)*time.Microsecond
		zero := now.Add(-behind).Add(-time.Duration(l.WriteIndex/frameSize) * time.Second / rate)
		if r.zero.IsZero() || zero.Before(r.zero) {
			r.zero = zero
		}
		time.Sleep(23 * time.Millisecond)
	}
	return r.zero
}

// left is the left channel so far.
func (r *recording) left() []float64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	raw := r.raw.Bytes()
	out := make([]float64, len(raw)/frameSize)
	for i := range out {
		out[i] = float64(math.Float32frombits(binary.LittleEndian.Uint32(raw[i*frameSize:])))
	}
	return out
}

// tone is an endless sine, counting how often it is asked.
type tone struct {
	pitch, level float64
	at           int
}

func (s *tone) Stream(out [][2]float64) (int, bool) {
	for i := range out {
		v := s.level * math.Sin(2*math.Pi*s.pitch/rate*float64(s.at))
		out[i] = [2]float64{v, v}
		s.at++
	}
	return len(out), true
}

func (s *tone) Err() error { return nil }

// killStream makes the server end whatever plays on a sink.
func killStream(t *testing.T, client *proto.Client, sink string) {
	t.Helper()
	var info proto.GetSinkInfoReply
	if err := client.Request(&proto.GetSinkInfo{SinkIndex: proto.Undefined, SinkName: sink}, &info); err != nil {
		t.Fatal(err)
	}
	var inputs proto.GetSinkInputInfoListReply
	if err := client.Request(&proto.GetSinkInputInfoList{}, &inputs); err != nil {
		t.Fatal(err)
	}
	for _, in := range inputs {
		if in.SinkIndex == info.SinkIndex {
			if err := client.Request(&proto.KillSinkInput{SinkInputIndex: in.SinkInputIndex}, nil); err != nil {
				t.Fatal(err)
			}
		}
	}
}
