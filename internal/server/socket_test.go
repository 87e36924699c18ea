package server

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"stillpoint/internal/wire"
)

func TestOneSessionTwoDevices(t *testing.T) {
	served(t, func(t *testing.T, p *pipes) {
		guide, w := join(t, p, "guide")
		if w.Timeline != nil || w.You.Role != "guide" || w.Room != "home" || w.Heartbeat != 2000 {
			t.Errorf("welcome: %+v", w)
		}
		if code := guide.do("1", `{"type":"command","id":"1","do":"load","script":"feet-first"}`); code != "" {
			t.Fatal(code)
		}
		if code := guide.do("2", `{"type":"command","id":"2","do":"start"}`); code != "" {
			t.Fatal(code)
		}
		time.Sleep(20 * time.Second) // of the bubble
		guest, w := join(t, p, "guest")
		if w.Timeline == nil || w.Timeline.Length != 600_000 || w.Transport.State != "playing" {
			t.Fatalf("a late guest was told %+v", w.Transport)
		}
		guest.send(`{"type":"command","id":"g1","do":"stop"}`)
		for _, d := range []*device{guide, guest} {
			var tr wire.Transport
			for tr.State != "stopped" {
				d.until("transport", &tr)
			}
			if tr.By != w.You.ID || tr.Position != 18_000 {
				t.Errorf("stopped: %+v", tr)
			}
		}
	})
}

func TestGuideTextStaysWithTheGuide(t *testing.T) {
	served(t, func(t *testing.T, p *pipes) {
		guide, _ := join(t, p, "guide")
		guide.do("1", `{"type":"command","id":"1","do":"load","script":"treatment-60"}`)
		for role, want := range map[string]bool{"guide": true, "guest": false, "display": false} {
			d := connect(t, p)
			d.send(`{"type":"hello","role":"` + role + `"}`)
			if got := strings.Contains(string(d.next("welcome")), `"kind":"guide"`); got != want {
				t.Errorf("%s: guide cues on the wire: %v, want %v", role, got, want)
			}
		}
	})
}

// TestBadFrames: whatever a device sends, it gets a sentence or is cut off, and
// the session of the others runs on.
func TestBadFrames(t *testing.T) {
	for name, c := range map[string]struct {
		frames  []string
		binary  bool
		refused string
		cut     bool
	}{
		"garbage":             {frames: []string{"\x00\x01garbage"}, refused: "bad-message"},
		"an unknown type":     {frames: []string{`{"type":"dance"}`}, refused: "bad-message"},
		"an unknown command":  {frames: []string{`{"type":"command","id":"1","do":"dance"}`}, refused: "bad-message"},
		"a second hello":      {frames: []string{`{"type":"hello"}`}, refused: "bad-message"},
		"an 8 KiB frame":      {frames: []string{`{"type":"ping","t0":1,"x":"` + strings.Repeat("x", 8<<10) + `"}`}, cut: true},
		"a binary frame":      {frames: []string{"x"}, binary: true, cut: true},
		"extend by a word":    {frames: []string{`{"type":"command","id":"1","do":"extend","by":"long"}`}, refused: "bad-message"},
		"a region of nothing": {frames: []string{`{"type":"command","id":"1","do":"skip","regions":["wing"]}`}, refused: "bad-message"},
		"a guest who starts":  {frames: []string{`{"type":"command","id":"1","do":"start"}`}, refused: "not-allowed"},
		"in haste":            {frames: many(60, `{"type":"command","id":"%d","do":"skip"}`), refused: "slow-down"},
		"a flood":             {frames: many(1000, `{"type":"command","id":"%d","do":"skip"}`), cut: true},
		"a flood of pauses":   {frames: many(2000, `{"type":"command","id":"%d","do":"pause"}`), cut: true},
	} {
		t.Run(name, func(t *testing.T) {
			served(t, func(t *testing.T, p *pipes) {
				guide, _ := join(t, p, "guide")
				guide.do("1", `{"type":"command","id":"1","do":"load","script":"grounding"}`)
				bad, _ := join(t, p, "guest")
				go func() {
					for _, f := range c.frames {
						kind := websocket.TextMessage
						if c.binary {
							kind = websocket.BinaryMessage
						}
						if bad.WriteMessage(kind, []byte(f)) != nil {
							return
						}
					}
				}()
				if c.refused != "" {
					var r wire.Refused
					for r.Code != c.refused {
						bad.until("refused", &r)
					}
					if len(r.Text) < 10 {
						t.Errorf("refused without a sentence: %+v", r)
					}
				}
				if cut := c.cut; cut && !bad.cut(20*time.Second) {
					t.Error("it was not cut off")
				}
				if code := guide.do("2", `{"type":"command","id":"2","do":"start"}`); code != "" {
					t.Errorf("the guide could not go on: %s", code)
				}
			})
		})
	}
}

func many(n int, frame string) (frames []string) {
	for i := range n {
		frames = append(frames, fmt.Sprintf(frame, i))
	}
	return frames
}

func TestSilentDevicesAreLetGo(t *testing.T) {
	served(t, func(t *testing.T, p *pipes) {
		mute := connect(t, p) // never says hello
		if !mute.cut(helloWithin + time.Second) {
			t.Error("a device that said nothing is still there")
		}
		quiet, _ := join(t, p, "guest")
		if !quiet.cut(silence + time.Second) {
			t.Error("a device that fell silent is still there")
		}
		lively, _ := join(t, p, "guest")
		for range 40 {
			lively.send(`{"type":"ping","t0":7.5}`)
			var pong wire.Pong
			lively.until("pong", &pong)
			if pong.T0 != "7.5" {
				t.Fatalf("pong %+v", pong)
			}
			time.Sleep(5 * time.Second)
		}
	})
}

func TestTheSameIDTwiceIsDoneOnce(t *testing.T) {
	served(t, func(t *testing.T, p *pipes) {
		d, _ := join(t, p, "guide")
		d.do("1", `{"type":"command","id":"1","do":"load","script":"grounding"}`)
		d.do("2", `{"type":"command","id":"2","do":"start"}`)
		d.do("3", `{"type":"command","id":"3","do":"pause"}`)
		d.do("4", `{"type":"command","id":"4","do":"resume"}`)
		if code := d.do("3", `{"type":"command","id":"3","do":"pause"}`); code != "" {
			t.Errorf("the second time: %s", code)
		}
		_, w := join(t, p, "guest")
		if w.Transport.State != "playing" {
			t.Errorf("the second pause was carried out: %s", w.Transport.State)
		}
	})
}

func TestOriginOfASocket(t *testing.T) {
	served(t, func(t *testing.T, p *pipes) {
		for _, bad := range []string{"", "null", "http://evil.example", "http://127.0.0.1:7412", "https://" + address, "http://" + address + ".evil.example",
			"http://evil.example@" + address, origin + "/x", "http://localhost:7411"} {
			h := http.Header{}
			if bad != "" {
				h.Set("Origin", bad)
			}
			d := websocket.Dialer{NetDialContext: p.dial, Subprotocols: []string{wire.Subprotocol}}
			if ws, _, err := d.Dial("ws://"+address+"/ws", h); err == nil {
				ws.Close()
				t.Errorf("a socket from %q was opened", bad)
			}
		}
	})
}

func TestComingBack(t *testing.T) {
	served(t, func(t *testing.T, p *pipes) {
		d, w := join(t, p, "guest")
		d.Close()
		back := connect(t, p)
		back.send(`{"type":"hello","role":"guide","resume":"` + w.You.Resume + `"}`)
		var again wire.Welcome
		back.until("welcome", &again)
		if again.You.ID != w.You.ID || again.You.Role != "guest" {
			t.Errorf("came back as %+v, was %+v", again.You, w.You)
		}
	})
}

// TestASilenceIsNeverUntidy: whatever else the frame holds, a stop stops.
func TestASilenceIsNeverUntidy(t *testing.T) {
	for _, frame := range []string{`{"type":"command","do":"stop"}`, `{"type":"command","id":7,"do":"stop"}`,
		`{"type":"command","id":"s","do":"stop","rev":1.5,"settings":7}`, `{"type":"command","id":"` + strings.Repeat("s", 100) + `","do":"stop"}`} {
		served(t, func(t *testing.T, p *pipes) {
			d, _ := join(t, p, "guide")
			d.do("1", `{"type":"command","id":"1","do":"load","script":"grounding"}`)
			d.do("2", `{"type":"command","id":"2","do":"start"}`)
			d.send(frame)
			var tr wire.Transport
			for tr.State != "stopped" {
				d.until("transport", &tr)
			}
		})
	}
}

// TestAStopBehindAStart: sent in one breath, the stop wins, however they are
// carried out.
func TestAStopBehindAStart(t *testing.T) {
	for range 20 {
		served(t, func(t *testing.T, p *pipes) {
			d, _ := join(t, p, "guide")
			d.do("1", `{"type":"command","id":"1","do":"load","script":"grounding"}`)
			d.send(`{"type":"command","id":"2","do":"settings","settings":{"anchor":"hands"}}`)
			d.send(`{"type":"command","id":"3","do":"start"}`)
			d.send(`{"type":"command","id":"4","do":"stop"}`)
			time.Sleep(5 * time.Second)
			if _, w := join(t, p, "guest"); w.Transport.State == "playing" {
				t.Fatal("it plays on after a stop")
			}
		})
	}
}

// TestDevicesGoneDuringTheirWelcome leave nobody behind.
func TestDevicesGoneDuringTheirWelcome(t *testing.T) {
	served(t, func(t *testing.T, p *pipes) {
		guide, _ := join(t, p, "guide")
		guide.do("1", `{"type":"command","id":"1","do":"load","script":"forty-five-minutes"}`)
		for range 30 {
			gone := connect(t, p)
			gone.send(`{"type":"hello","role":"guest"}`)
			gone.Close()
		}
		time.Sleep(5 * time.Second)
		if _, w := join(t, p, "guest"); len(w.People.People) != 2 {
			t.Errorf("%d people are here", len(w.People.People))
		}
	})
}
