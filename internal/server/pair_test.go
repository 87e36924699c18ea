package server

import (
	"bytes"
	"cmp"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"stillpoint/internal/pairing"
	"stillpoint/internal/session"
)

// An invitation is answered once, in time, by who has it.
func TestTokensOverHTTP(t *testing.T) {
	doors(t, func(t *testing.T, s *Server, local, secure, _ *way) {
		pair := func(body string) int {
			status, _, _ := secure.ask("POST", "/api/pair", "", body)
			return status
		}
		state := func(i invitation) (seen struct {
			State  pairing.State
			Device *deviceSeen
		}) {
			local.into(t, "GET", "/api/invitations/"+i.ID, "", "", &seen)
			return seen
		}
		first, second, third := local.invite(t, "", session.Guest, "home"), local.invite(t, "", session.Display, "home"), local.invite(t, "", session.Guide, "home")
		if got := pair(`{"token":"` + first.token() + `","name":"  Phone\u202e "}`); got != 201 {
			t.Fatal(got)
		}
		if seen := state(first); seen.State != pairing.Used || seen.Device == nil || seen.Device.Name != "Phone" || seen.Device.Role != session.Guest {
			t.Errorf("afterwards: %+v", seen)
		}
		for name, body := range map[string]string{
			"the token again": `{"token":"` + first.token() + `"}`, "its number": `{"number":"` + first.Number + `"}`,
			"the id of another": `{"token":"` + second.ID + `"}`, "another’s number as a token": `{"token":"` + second.Number + `"}`,
		} {
			if got := pair(body); got != 404 {
				t.Errorf("%s: %d", name, got)
			}
		}
		local.into(t, "DELETE", "/api/invitations/"+third.ID, "", "", nil)
		if got := pair(`{"token":"` + third.token() + `"}`); got != 404 || state(third).State != pairing.Ended {
			t.Errorf("a withdrawn one: %d", got)
		}
		if got := pair(`{"number":"` + second.Number[:3] + " " + second.Number[3:] + `"}`); got != 201 {
			t.Errorf("the number, as a person types it: %d", got)
		}
		late := local.invite(t, "", session.Guide, "home")
		time.Sleep(pairing.OpenFor)
		if got := pair(`{"token":"` + late.token() + `"}`); got != 404 || state(late).State != pairing.Ended {
			t.Errorf("an expired one: %d", got)
		}
		if status, _, _ := local.ask("GET", "/api/invitations/"+late.ID+"/qr.svg", "", ""); status != 404 {
			t.Errorf("its picture: %d", status)
		}
		if left := time.Until(time.UnixMilli(late.Until)); left > 0 || left < -time.Minute {
			t.Errorf("it said it would be open for %v more", left)
		}
	})
}

// A cookie is good whole, at its own door, while its device is known.
func TestCookies(t *testing.T) {
	doors(t, func(t *testing.T, s *Server, local, secure, plain *way) {
		i := local.invite(t, "", session.Remote, "home")
		_, h, _ := secure.ask("POST", "/api/pair", "", `{"token":"`+i.token()+`"}`)
		cookie, rest, _ := strings.Cut(h.Get("Set-Cookie"), ";")
		if rest != " Path=/; Max-Age=31536000; HttpOnly; Secure; SameSite=Strict" || !strings.HasPrefix(cookie, "__Host-stillpoint-7443=") {
			t.Errorf("cookie %q", h.Get("Set-Cookie"))
		}
		i = local.invite(t, "", session.Remote, "home")
		_, h, _ = plain.ask("POST", "/api/pair", "", `{"token":"`+i.token()+`"}`)
		open, rest, _ := strings.Cut(h.Get("Set-Cookie"), ";")
		if rest != " Path=/; Max-Age=31536000; HttpOnly; SameSite=Strict" || !strings.HasPrefix(open, "stillpoint-7412=") {
			t.Errorf("plain cookie %q", h.Get("Set-Cookie"))
		}
		other, elsewhere := opened(t, s, Secure, 7444), opened(t, s, Plain, 7443)
		_, secret, _ := strings.Cut(cookie, "=")
		_, spoken, _ := strings.Cut(open, "=")
		me := func(w *way, cookie string) int {
			status, _, _ := w.ask("GET", "/api/me", cookie, "")
			if d, refused := w.socket(t, cookie); (d == nil) != (status != 200) {
				t.Errorf("me is %d, a socket %d", status, refused)
			} else if d != nil {
				d.Close()
			}
			return status
		}
		for _, c := range []struct {
			name   string
			at     *way
			cookie string
			want   int
		}{
			{"its own door", secure, cookie, 200},
			{"its own door, without encryption", plain, open, 200},
			{"the other door", plain, cookie, 401},
			{"the other door, by the name it has there", plain, "stillpoint-7412=" + secret, 401},
			{"another port", other, cookie, 401},
			{"another port, by the name it has there", other, "__Host-stillpoint-7444=" + secret, 401},
			{"its own port, without encryption", elsewhere, "stillpoint-7443=" + secret, 401},
			{"a plain one with encryption", secure, "__Host-stillpoint-7443=" + spoken, 401},
			{"without the prefix", secure, "stillpoint-7443=" + secret, 401},
			{"nothing in it", secure, "__Host-stillpoint-7443=", 401},
			{"no cookie", secure, "", 401},
		} {
			if got := me(c.at, c.cookie); got != c.want {
				t.Errorf("%s: %d, want %d", c.name, got, c.want)
			}
		}
		for bit := range len(secret) * 7 {
			turned := []byte(secret)
			turned[bit/7] ^= 1 << (bit % 7)
			if status, _, _ := secure.ask("GET", "/api/me", "__Host-stillpoint-7443="+string(turned), ""); status != 401 {
				t.Errorf("with bit %d turned: %d", bit, status)
			}
		}
		var list []deviceSeen
		local.into(t, "GET", "/api/devices", "", "", &list)
		for _, d := range list {
			local.into(t, "DELETE", "/api/devices/"+d.ID, "", "", nil)
		}
		if len(list) != 2 || me(secure, cookie) != 401 || me(plain, open) != 401 {
			t.Errorf("%d devices; after they were put out the cookies are good", len(list))
		}
	})
}

// Ten thousand numbers from a hundred addresses: nobody comes in, and the therapist
// goes on as ever.
func TestNumbersOverHTTP(t *testing.T) {
	doors(t, func(t *testing.T, s *Server, local, secure, _ *way) {
		i := local.invite(t, "", session.Guide, "home")
		read := map[int]int{}
		for n := range 10_000 {
			guess := fmt.Sprintf("%06d", n*97)
			if guess == i.Number {
				continue // what luck may do is not what is tested
			}
			secure.from = fmt.Sprintf("192.168.1.%d:%d", 100+n%100, 1024+n)
			status, _, _ := secure.ask("POST", "/api/pair", "", `{"number":"`+guess+`"}`)
			read[status]++
		}
		if read[201] > 0 || read[404] > pairing.TriesMinute*100 || read[404]+read[429] < 9_999 {
			t.Errorf("answers %v", read)
		}
		var seen struct {
			State pairing.State
			Spent bool
		}
		if local.into(t, "GET", "/api/invitations/"+i.ID, "", "", &seen); seen.State != pairing.Open || !seen.Spent {
			t.Errorf("the invitation: %+v", seen)
		}
		secure.from = "192.168.1.31:50000"
		if status, _, _ := secure.ask("POST", "/api/pair", "", `{"number":"`+i.Number+`"}`); status == 201 {
			t.Error("a spent number let somebody in")
		}
		guide, _ := local.joins(t, "", `{"type":"hello","role":"guide"}`)
		if code := guide.do("1", command("1", session.Load)); code != "" {
			t.Errorf("the therapist’s own page: %s", code)
		}
		if status, _, _ := secure.ask("POST", "/api/pair", "", `{"token":"`+i.token()+`"}`); status != 201 {
			t.Errorf("the link beside the spent number: %d", status)
		}
		time.Sleep(time.Minute)
		i = local.invite(t, "", session.Guest, "home")
		if status, _, _ := secure.ask("POST", "/api/pair", "", `{"number":"`+i.Number+`"}`); status != 201 {
			t.Errorf("a new number, a minute later: %d", status)
		}
	})
}

// Devices are known across a restart; nothing that could let anyone in is ever in a
// file, in the log, or in an address.
func TestDevicesOutliveTheServer(t *testing.T) {
	folder, log := t.TempDir(), &bytes.Buffer{}
	var secrets []string
	var cookie string
	kept := func(c *Config) {
		c.Data, c.Log = folder, slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	}
	doorsAs(t, kept, func(t *testing.T, s *Server, local, secure, plain *way) {
		for _, w := range []*way{secure, plain} {
			i := local.invite(t, "", session.Remote, "home")
			secrets = append(secrets, i.token(), i.Number)
			_, h, _ := w.ask("POST", "/api/pair", "", `{"token":"`+i.token()+`","name":"Phone"}`)
			private, _, _ := strings.Cut(h.Get("Set-Cookie"), ";")
			_, secret, _ := strings.Cut(private, "=")
			secrets = append(secrets, secret)
			cookie = cmp.Or(cookie, private)
		}
		secure.ask("POST", "/api/pair", "", `{"token":"`+secrets[0]+`"}`)
		secure.ask("GET", "/api/me", cookie+"x", "")
		socket, w := secure.joins(t, cookie, `{"type":"hello"}`)
		secrets = append(secrets, w.You.Resume)
		open := local.invite(t, "", session.Guest, "home")
		secrets = append(secrets, open.token(), open.Number)
		for _, path := range []string{"/api/devices", "/api/invitations/" + open.ID, "/api/me"} {
			_, _, answer := local.ask("GET", path, "", "")
			nothingOf(t, secrets, path, answer)
		}
		if before, fragment, found := strings.Cut(open.Link, "#"); !found || fragment != open.token() || before != "https://192.168.1.20:7443/join" {
			t.Errorf("link %q", open.Link)
		}
		socket.Close()
	})
	doorsAs(t, kept, func(t *testing.T, s *Server, local, secure, _ *way) {
		var me struct{ Device deviceSelf }
		if secure.into(t, "GET", "/api/me", cookie, "", &me); me.Device.Name != "Phone" || me.Device.Role != session.Remote {
			t.Errorf("after a restart it is %+v", me.Device)
		}
		if _, w := secure.joins(t, cookie, `{"type":"hello"}`); w.You.Role != session.Remote {
			t.Errorf("it joined as %+v", w.You)
		}
		local.into(t, "DELETE", "/api/devices/"+me.Device.ID, "", "", nil)
	})
	doorsAs(t, kept, func(t *testing.T, _ *Server, _, secure, _ *way) {
		if status, _, _ := secure.ask("GET", "/api/me", cookie, ""); status != 401 {
			t.Errorf("who was put out is back after a restart: %d", status)
		}
	})
	file, err := os.ReadFile(filepath.Join(folder, devicesFile))
	if err != nil || !bytes.Contains(file, []byte(`"Phone"`)) {
		t.Fatalf("%v %s", err, file)
	}
	nothingOf(t, secrets, devicesFile, string(file))
	if !strings.Contains(log.String(), "a device came in") {
		t.Errorf("the log: %s", log)
	}
	nothingOf(t, secrets, "the log", log.String())
}

// nothingOf says that a text holds no secret.
func nothingOf(t *testing.T, secrets []string, where, text string) {
	t.Helper()
	for _, s := range secrets {
		if len(s) < 6 || strings.Contains(text, s) {
			t.Errorf("%q is in %s: %.300s", s, where, text)
		}
	}
}

// FuzzKnock: whatever is sent, what is taken for an answer is a token or a number,
// and a name that may be shown.
func FuzzKnock(f *testing.F) {
	for _, seed := range []string{`{"token":"ABC"}`, `{"number":"123 456","name":"Phone"}`, `{"number":"12345"}`, `{}`, `[]`, `{"token":"A","number":"123456"}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		k, err := knockFrom(body)
		if err != nil {
			if len(err.Error()) > 200 {
				t.Errorf("a sentence of %d bytes", len(err.Error()))
			}
			return
		}
		if (k.Token == "") == (k.Number == "") || len(k.Token) > 64 || len(k.Number) != 0 && len(k.Number) != 6 {
			t.Errorf("%+v", k)
		}
		if len([]rune(k.Name)) > pairing.MaxName || strings.ContainsAny(k.Name, "\n\r\t\u202e") || k.Was+k.Door != "" {
			t.Errorf("%+v", k)
		}
	})
}
