package server

import (
	"strings"
	"testing"
	"time"

	"stillpoint/internal/session"
	"stillpoint/internal/wire"
)

// TestADeviceIsTriedFromAfar: on the wire of the one that will sound, until it is over.
func TestADeviceIsTriedFromAfar(t *testing.T) {
	doors(t, func(t *testing.T, s *Server, local, secure, _ *way) {
		guide, _ := local.joins(t, "", `{"type":"hello","role":"guide"}`)
		display := secure.pairs(t, local, session.Display, "home")
		shown, you := secure.joins(t, display.cookie, `{"type":"hello"}`)
		shown.do("1", `{"type":"command","id":"1","do":"arm","on":true}`)
		if code := guide.do("2", `{"type":"command","id":"2","do":"sound","by":"`+you.You.ID+`"}`); code != "" {
			t.Fatal(code)
		}
		guide.do("3", `{"type":"command","id":"3","do":"bell"}`)
		var trial wire.Trial
		if shown.until("trial", &trial); trial.Over {
			t.Error("it is over before it is heard")
		}
		guide.do("4", `{"type":"command","id":"4","do":"stop"}`)
		if shown.until("trial", &trial); !trial.Over {
			t.Error("a stop does not end it")
		}
	})
}

// TestASoundThatIsNotHeardOfIsTheGuidesToKnow, within seconds, and nobody else's.
func TestASoundThatIsNotHeardOfIsTheGuidesToKnow(t *testing.T) {
	doors(t, func(t *testing.T, s *Server, local, secure, _ *way) {
		guide, _ := local.joins(t, "", `{"type":"hello","role":"guide"}`)
		client, _ := local.joins(t, "", `{"type":"hello","role":"guest"}`)
		display := secure.pairs(t, local, session.Display, "home")
		shown, you := secure.joins(t, display.cookie, `{"type":"hello"}`)
		shown.do("1", `{"type":"command","id":"1","do":"arm","on":true}`)
		guide.do("2", `{"type":"command","id":"2","do":"sound","by":"`+you.You.ID+`"}`)
		stay(20*time.Second, guide, client)
		var people wire.People
		for people.Lost == "" {
			guide.until("people", &people)
		}
		if people.Lost != "Tablet" || people.Sound != you.You.ID {
			t.Errorf("the guide is told %+v", people)
		}
		stay(10*time.Second, guide, client, shown)
		for people.Lost != "" {
			people = wire.People{}
			guide.until("people", &people)
		}
		for _, d := range []*device{client, shown} {
			for len(d.frames) > 0 {
				if frame := <-d.frames; strings.Contains(string(frame), `"lost"`) {
					t.Errorf("somebody else is told: %s", frame)
				}
			}
		}
	})
}
