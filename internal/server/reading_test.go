package server

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"stillpoint/internal/session"
)

// drip is a reader that takes one write each while, or none.
type drip struct {
	http.ResponseWriter
	ctx   context.Context
	each  time.Duration // 0: none
	taken *atomic.Int64
}

func (d drip) Write(b []byte) (int, error) {
	var taken <-chan time.Time
	if d.each > 0 {
		taken = time.After(d.each)
	}
	select {
	case <-d.ctx.Done():
		return 0, d.ctx.Err()
	case <-taken:
		d.taken.Add(int64(len(b)))
		return len(b), nil
	}
}

// reads begins to read a path slowly, until the test or stop ends it, and says how much
// it has taken.
func (w *way) reads(t *testing.T, cookie, path string, each time.Duration) (taken *atomic.Int64, stop func()) {
	ctx, cancel := context.WithCancel(t.Context())
	r := httptest.NewRequest("GET", path, nil).WithContext(through(ctx, w.entrance))
	r.Host, r.RemoteAddr = w.hosts[0], w.from
	r.Header.Set("Cookie", cookie)
	taken = &atomic.Int64{}
	go func() {
		defer func() {
			if why := recover(); why != nil && why != http.ErrAbortHandler {
				panic(why)
			}
		}()
		w.handler.ServeHTTP(drip{httptest.NewRecorder(), ctx, each, taken}, r)
	}()
	return taken, cancel
}

// However slowly the network reads, this computer's own pages and other devices have
// their sound.
func TestSlowReadersHoldNobodyUp(t *testing.T) {
	doors(t, func(t *testing.T, s *Server, local, secure, _ *way) {
		var at struct{ ID string }
		local.into(t, "POST", "/api/sessions", "", `{"script":"grounding","room":"two"}`, &at)
		track := "/api/sessions/" + at.ID + "/track.wav"
		var stops []func()
		devices := []pairedDevice{secure.pairs(t, local, session.Display, "two"), secure.pairs(t, local, session.Guest, "two"), secure.pairs(t, local, session.Guide, "two")}
		for _, d := range devices {
			for range maxReads {
				_, stop := secure.reads(t, d.cookie, track, 0)
				stops = append(stops, stop)
			}
			synctest.Wait()
			if status, _, _ := secure.ask("GET", track, d.cookie, ""); status != 503 {
				t.Errorf("a device that reads much: %d", status)
			}
		}
		if held := len(s.devices.readings); held != maxReads-heldReads {
			t.Errorf("the network reads %d at a time", held)
		}
		for range heldReads - 1 {
			_, stop := local.reads(t, "", track, 0)
			stops = append(stops, stop)
		}
		synctest.Wait()
		if status, _, answer := local.ask("GET", "/api/bell.wav", "", ""); status != 200 {
			t.Errorf("this computer: %d %s", status, answer)
		}
		copies := 0
		for _, way := range []*way{secure, local} {
			for _, stop := range stops {
				stop()
			}
			synctest.Wait()
			_, stop := way.reads(t, devices[0].cookie, "/api/sessions/"+at.ID+"/track.mp3", 0)
			stops = append(stops, stop)
			synctest.Wait()
			copies += len(s.copies) + len(s.copiesAway)
		}
		if copies != 2 || len(s.devices.readings) != 1 {
			t.Errorf("%d copies were made, %d are read", copies, len(s.devices.readings))
		}
		stops[len(stops)-1]()
		synctest.Wait()
	})
}

// A device that is connected reads the sound where it is the room's, or was tapped so
// that it may become it.
func TestOnlyTheSoundReads(t *testing.T) {
	doors(t, func(t *testing.T, s *Server, local, secure, _ *way) {
		var at struct{ ID string }
		local.into(t, "POST", "/api/sessions", "", `{"script":"grounding","room":"two"}`, &at)
		track := "/api/sessions/" + at.ID + "/track.wav"
		d := secure.pairs(t, local, session.Display, "two")
		reads := func(want int, when string) {
			t.Helper()
			if status, _, answer := secure.ask("HEAD", track, d.cookie, ""); status != want {
				t.Errorf("%s: %d %s", when, status, answer)
			}
		}
		screen, w := secure.joins(t, d.cookie, `{"type":"hello"}`)
		reads(403, "a screen beside the sound")
		screen.do("1", `{"type":"command","id":"1","do":"arm","on":true}`)
		reads(200, "tapped")
		guide, _ := local.joins(t, "", `{"type":"hello","role":"guide","room":"two"}`)
		if code := guide.do("2", `{"type":"command","id":"2","do":"sound","by":"`+w.You.ID+`"}`); code != "" {
			t.Fatal(code)
		}
		screen.do("3", `{"type":"command","id":"3","do":"arm","on":false}`)
		reads(200, "the sound")
		screen.Close()
		synctest.Wait()
		reads(200, "the sound, without Wi-Fi for a moment")
	})
}

// A device that is put out, or is another now, is sent nothing more of its track.
func TestPutOutReadsNoMore(t *testing.T) {
	doors(t, func(t *testing.T, s *Server, local, secure, _ *way) {
		var at struct{ ID string }
		local.into(t, "POST", "/api/sessions", "", `{"script":"feet-first","room":"two"}`, &at)
		for _, c := range []struct{ method, body string }{{"PATCH", `{"role":"display"}`}, {"DELETE", ""}} {
			d := secure.pairs(t, local, session.Guest, "two")
			taken, stop := secure.reads(t, d.cookie, "/api/sessions/"+at.ID+"/track.wav", 300*time.Millisecond)
			time.Sleep(5 * time.Second)
			local.into(t, c.method, "/api/devices/"+d.ID, "", c.body, nil)
			time.Sleep(time.Second)
			was := taken.Load()
			time.Sleep(time.Minute)
			if more := taken.Load() - was; was == 0 || more > 0 {
				t.Errorf("%s: of its track it has taken %d bytes, and then %d more", c.method, was, more)
			}
			stop()
			synctest.Wait()
		}
	})
}
