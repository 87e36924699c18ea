package browser

import (
	"bufio"
	"context"
	"encoding/binary"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

const (
	rate     = 48_000
	grain    = 10 * time.Millisecond  // one loudness value
	audible  = -50.0                  // dBFS: surely a bell
	silence  = -60.0                  // dBFS: surely none
	quietIn  = 200 * time.Millisecond // beyond the way to the ear, which the bell has shown
	listenTo = time.Second            // after a stop
)

// The bell is heard at a real sound server after Begin, nothing before it, and
// silence after Stop.
func TestHeardFromTheBrowser(t *testing.T) {
	ear, browser := overheard(t)
	d := newHouse(t).openIn(t, browser, "/#before/quick-breath", desk)
	d.soundHere()
	if early := ear.last(silence); !early.IsZero() {
		t.Error("something was heard before Begin")
	}
	d.press("Begin")
	d.playing()
	bell := ear.await(t, audible)
	began := ask[float64](d, "performance.timeOrigin + performance.now() - watch.room().position()")
	way := since(began, bell)
	t.Logf("the bell was heard %v after its place, by way of Chromium and PulseAudio", way)
	if way < -grain {
		t.Error("something was heard before the bell's place")
	}

	d.press("Stop")
	pressed := ask[float64](d, "watch.seen.presses.findLast(({type}) => type === 'pointerdown').at")
	time.Sleep(listenTo) // real time is the measure here
	last := ear.last(silence)
	if last.IsZero() {
		t.Fatal("it was silent before Stop already")
	}
	t.Logf("silent %v after Stop, by way of Chromium and PulseAudio", since(pressed, last))
	if late := since(pressed, last) - way; late > quietIn {
		t.Errorf("sound was heard %v after Stop, less the way to the ear; want at most %v", late, quietIn)
	}
}

// soundHere chooses this window for the sound, unless that is so already.
func (d *device) soundHere() {
	d.t.Helper()
	d.await("watch.find('Begin')")
	if !ask[bool](d, "watch.here().sound.from === 'me'") {
		d.press("Voice and sound")
		d.press("This window")
		d.await("watch.here().sound.from === 'me'")
	}
}

// soundingWindow is a window that is the room's sound, in the midst of a session.
func soundingWindow(t testing.TB, browser context.Context) *device {
	t.Helper()
	d := newHouse(t).openIn(t, browser, "/#before/quick-breath", phone)
	d.soundHere()
	d.press("Begin")
	d.playing()
	d.await("watch.sounding()")
	return d
}

// since is the time from an instant of the browsers' clock, in ms since 1970.
func since(began float64, then time.Time) time.Duration {
	return then.Sub(time.UnixMicro(int64(began * 1000))).Round(time.Millisecond)
}

// ear hears what a private sound server plays, as loudness by the time it arrived.
type ear struct {
	server string
	heard  chan grainOf
	tape   tape
}

type grainOf struct {
	at    time.Time
	level float64 // dBFS
}

// overheard is an ear, and a browser of which it hears everything until the test ends.
func overheard(t testing.TB) (*ear, context.Context) {
	t.Helper()
	needChromium(t)
	ear := listen(t)
	browser, end, err := startChromium("PULSE_SERVER=" + ear.server)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(end)
	return ear, browser
}

// listen starts a sound server of our own, with a sink that goes nowhere, and
// records it until the test ends.
func listen(t testing.TB) *ear {
	t.Helper()
	for _, program := range []string{"pulseaudio", "parec"} {
		if _, err := exec.LookPath(program); err != nil {
			missing(t, program)
		}
	}
	folder, err := os.MkdirTemp("", "sound") // a socket's path has to be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	socket := filepath.Join(folder, "socket")
	background(t, folder, "pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no",
		"-L", "module-null-sink sink_name=ear rate=48000", "-L", "module-native-protocol-unix auth-anonymous=1 socket="+socket)
	for began := time.Now(); ; time.Sleep(lookEach) {
		if _, err := os.Stat(socket); err == nil {
			break
		}
		if time.Since(began) > soon {
			t.Fatal("pulseaudio does not start")
		}
	}
	e := &ear{server: "unix:" + socket, heard: make(chan grainOf, 1<<16)} // eleven minutes; beyond it, nothing more is kept
	out := background(t, folder, "parec", "--server", e.server, "--device=ear.monitor", "--raw", "--format=float32le",
		"--rate=48000", "--channels=1", "--latency-msec=10", "--process-time-msec=5")
	go e.record(out)
	return e
}

// background runs a program until the test ends, at home in a folder, and returns what it writes.
func background(t testing.TB, home, name string, args ...string) io.Reader {
	t.Helper()
	c := exec.Command(name, args...)
	c.Env = append(os.Environ(), "HOME="+home, "XDG_RUNTIME_DIR="+home)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		c.Process.Kill()
		c.Wait()
	})
	return out
}

// record reads samples as they come, one grain after the other.
func (e *ear) record(out io.Reader) {
	defer close(e.heard)
	samples := make([]float32, int(grain.Seconds()*rate))
	in := bufio.NewReaderSize(out, 4*len(samples))
	for binary.Read(in, binary.LittleEndian, samples) == nil {
		e.tape.add(samples)
		sum := 0.0
		for _, s := range samples {
			sum += float64(s) * float64(s)
		}
		select {
		case e.heard <- grainOf{time.Now(), 10 * math.Log10(sum/float64(len(samples))+1e-12)}:
		default:
			return
		}
	}
}

// await listens until something is louder than a level, and says when that was.
func (e *ear) await(t testing.TB, level float64) time.Time {
	t.Helper()
	enough := time.After(soon)
	for {
		select {
		case g, on := <-e.heard:
			if !on {
				t.Fatal("the recording ended")
			}
			if g.level > level {
				return g.at
			}
		case <-enough:
			t.Fatalf("nothing was heard in %v", soon)
		}
	}
}

// last is when something louder than a level was heard last, of what has not been
// listened to yet.
func (e *ear) last(level float64) (at time.Time) {
	for {
		select {
		case g, on := <-e.heard:
			if !on {
				return at
			}
			if g.level > level {
				at = g.at
			}
		default:
			return at
		}
	}
}
