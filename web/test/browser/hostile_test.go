package browser

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// foe is a site that wishes a house ill, and remembers which cookies it was brought.
type foe struct {
	*httptest.Server
	mu      sync.Mutex
	brought string
}

// newFoe begins one at a port of this computer, with encryption or without.
func newFoe(t testing.TB, encrypted bool) *foe {
	t.Helper()
	f := &foe{}
	f.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f.mu.Lock()
		f.brought += r.Header.Get("Cookie")
		f.mu.Unlock()
		w.Header().Set("Content-Type", "text/html")
		io.WriteString(w, "<!doctype html><title>a friendly game</title><h1>A friendly game</h1>")
	}))
	f.Config.ErrorLog = log.New(io.Discard, "", 0)
	if encrypted {
		f.StartTLS()
	} else {
		f.Start()
	}
	t.Cleanup(f.Close)
	return f
}

func (f *foe) cookies() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.brought
}

// port is where an address has its port.
func port(address string) string { return address[strings.LastIndex(address, ":")+1:] }

// credulous is a browser that does less than browsers do: names lead here, any
// certificate will do, and pages of the internet may ask this computer for things.
// What is left is our own defence.
func credulous(t testing.TB) context.Context {
	t.Helper()
	needChromium(t)
	browser, end, err := startChromium("--host-resolver-rules=MAP *.example 127.0.0.1", "--ignore-certificate-errors",
		"--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets,BlockInsecurePrivateNetworkRequests")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(end)
	return browser
}

// window is a window of a browser, on a page, which may complain as it likes.
func (h *house) window(t testing.TB, browser context.Context, url string) *device {
	t.Helper()
	d := &device{t: t, house: h}
	ctx, closed := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	d.ctx = ctx
	t.Cleanup(closed)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	must(d, network.Enable, network.EnableParams{})
	must(d, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: watch})
	d.goes(url)
	return d
}

func (d *device) goes(url string) {
	d.t.Helper()
	if err := chromedp.Do(d.ctx, chromedp.Navigate(url)); err != nil {
		d.t.Fatalf("open %s: %v", url, err)
	}
}

// Ways to ask, each of which says what became of it: the status and the answer where
// a page may see them, "unseen" where it may not, or why nothing was sent.
const tricks = `globalThis.tricks = {
	read: (url) => fetch(url, { credentials: 'include' }).then(async (r) => r.status + ' ' + (await r.text()).slice(0, 200), (f) => 'refused: ' + f.message),
	blind: (url, method, body) => fetch(url, { method, body, mode: 'no-cors', credentials: 'include', headers: { 'Content-Type': 'text/plain' } }).then(() => 'unseen', (f) => 'refused: ' + f.message),
	send: (url, method, body) => fetch(url, { method, body, credentials: 'include', headers: { 'Content-Type': 'application/json' } }).then(async (r) => r.status + ' ' + (await r.text()).slice(0, 200), (f) => 'refused: ' + f.message),
	socket: (url) => new Promise((done) => {
		const ws = new WebSocket(url, 'stillpoint.v1');
		ws.onopen = () => { ws.send(JSON.stringify({ type: 'hello', role: 'guide' })); };
		ws.onmessage = () => done('open');
		ws.onclose = () => done('refused');
	}),
	form: (url, body) => new Promise((done) => {
		const [name, value] = body.split('=');
		const frame = Object.assign(document.createElement('iframe'), { name: 'away' });
		const form = Object.assign(document.createElement('form'), { method: 'post', action: url, enctype: 'text/plain', target: 'away' });
		form.append(Object.assign(document.createElement('input'), { name, value }));
		document.body.append(frame, form);
		frame.onload = () => { if (sent) done('sent'); };
		let sent = false;
		setTimeout(() => { sent = true; form.submit(); }, 50);
		setTimeout(() => done('sent'), 1500);
	}),
}`

// try plays a trick and returns what became of it.
func (d *device) try(trick string, args ...string) string {
	d.t.Helper()
	quoted := make([]string, len(args))
	for i, a := range args {
		quoted[i] = fmt.Sprintf("%q", a)
	}
	ask[bool](d, tricks+", true")
	return ask[string](d, "tricks."+trick+"("+strings.Join(quoted, ", ")+")")
}

// untouched: nothing that a foe asked for has happened, as the guide's own page sees it.
func (h *house) untouched(t testing.TB, guide *device, after string) {
	t.Helper()
	var seen reached
	h.ask(t, http.MethodGet, "/api/network", nil, &seen)
	var devices []struct{ ID string }
	h.ask(t, http.MethodGet, "/api/devices", nil, &devices)
	if loaded := ask[bool](guide, "watch.room().transport != null"); !seen.On || len(devices) != 1 || loaded {
		t.Errorf("after %s: the network is on %v, %d devices, a session %v", after, seen.On, len(devices), loaded)
	}
}

// pairs lets a browser's window in as a device, at the encrypted door.
func (h *house) pairs(t testing.TB, d *device, role string) {
	t.Helper()
	var i struct{ Link string }
	h.ask(t, http.MethodPost, "/api/invitations", map[string]string{"room": "home", "role": role}, &i)
	door, token, _ := strings.Cut(i.Link, "/join#")
	d.goes(door + "/trust")
	if said := d.try("send", "/api/pair", "POST", `{"token":"`+token+`"}`); !strings.HasPrefix(said, "201 ") {
		t.Fatalf("pair: %s", said)
	}
}

// TestAHostilePage: what a page of somebody else's can do to a house, in a browser
// that lets it: nothing. It tries by a name that leads here, by a socket, by forms and
// blind requests, and from another port of the same address, to which a browser brings
// the cookies of every port.
func TestAHostilePage(t *testing.T) {
	t.Parallel()
	h, on := newNetworkedHouse(t)
	browser, guide := credulous(t), h.open(t, "/", small)
	secure, plain := on.Addresses[0], on.Plain[0]
	known := h.window(t, browser, secure+"/trust")
	h.pairs(t, known, "guide")
	if me, ws := known.try("read", "/api/me"), known.try("socket", strings.Replace(secure, "https", "wss", 1)+"/ws"); !strings.HasPrefix(me, "200 ") || ws != "open" {
		t.Fatalf("a device that was let in: %s, socket %s", me, ws)
	}

	t.Run("by a name that leads here", func(t *testing.T) {
		for _, at := range []string{h.url, plain, secure} {
			rebound := strings.Replace(at, "127.0.0.1", "rebound.example", 1)
			d := h.window(t, browser, rebound+"/")
			if body := ask[string](d, "document.body.innerText"); !strings.Contains(body, "not one Stillpoint answers to") {
				t.Errorf("%s shows %.200q", rebound, body)
			}
			for _, path := range []string{"/api/scripts", "/api/journal", "/api/devices", "/api/me", "/app.js"} {
				if said := d.try("read", path); !strings.HasPrefix(said, "421 ") {
					t.Errorf("%s%s: %s", rebound, path, said)
				}
			}
			if said := d.try("send", "/api/sessions", "POST", `{"script":"grounding"}`); !strings.HasPrefix(said, "421 ") {
				t.Errorf("%s: a session: %s", rebound, said)
			}
			if said := d.try("socket", strings.Replace(rebound, "http", "ws", 1)+"/ws"); said != "refused" {
				t.Errorf("%s: a socket is %s", rebound, said)
			}
		}
		h.untouched(t, guide, "rebinding")
	})

	t.Run("from another site, and from another port", func(t *testing.T) {
		open, encrypted := newFoe(t, false), newFoe(t, true)
		from := map[string]*device{
			"another site":                 h.window(t, browser, "http://evil.example:"+port(open.URL)+"/"),
			"another port of the loopback": h.window(t, browser, open.URL+"/"),
		}
		known.goes(encrypted.URL + "/") // the device that was let in, at another port of the same address
		from["another port, with the cookie"] = known
		if !strings.Contains(encrypted.cookies(), "__Host-stillpoint-"+port(secure)+"=") {
			t.Errorf("the browser did not bring the cookie, and this tests nothing: %q", encrypted.cookies())
		}
		for whence, d := range from {
			for _, at := range []string{h.url, plain, secure} {
				if whence == "another port, with the cookie" && at != secure {
					continue // a page with encryption asks none without
				}
				h.withstands(t, guide, whence, d, at)
			}
		}
	})

	t.Run("with a stolen cookie, at another door", func(t *testing.T) {
		stolen := newFoe(t, true)
		known.goes(stolen.URL + "/")
		_, secret, _ := strings.Cut(stolen.cookies(), "__Host-stillpoint-"+port(secure)+"=")
		_, there := newNetworkedHouse(t)
		for _, at := range []string{plain, there.Addresses[0], there.Plain[0]} {
			for _, name := range []string{"__Host-stillpoint-" + port(secure), "stillpoint-" + port(at), "__Host-stillpoint-" + port(at)} {
				if status := replay(t, at, name+"="+secret); status != http.StatusUnauthorized {
					t.Errorf("%s with %s: %d", at, name, status)
				}
			}
		}
		if status := replay(t, secure, "__Host-stillpoint-"+port(secure)+"="+secret); status != http.StatusOK {
			t.Errorf("at its own door: %d, and this tests nothing", status)
		}
	})
}

// withstands plays every trick on a door from a foreign page.
func (h *house) withstands(t *testing.T, guide *device, whence string, d *device, at string) {
	t.Helper()
	for _, path := range []string{"/api/scripts", "/api/devices", "/api/me", "/api/network"} {
		if said := d.try("read", at+path); !strings.HasPrefix(said, "refused") {
			t.Errorf("from %s: %s%s: %s", whence, at, path, said)
		}
	}
	for _, wish := range [][3]string{
		{"/api/sessions", "POST", `{"script":"grounding"}`}, {"/api/network", "PUT", `{"on":false}`},
		{"/api/invitations", "POST", `{"room":"home","role":"guide"}`}, {"/api/pair", "POST", `{"number":"000000"}`},
	} {
		if said := d.try("send", at+wish[0], wish[1], wish[2]); !strings.HasPrefix(said, "refused") {
			t.Errorf("from %s: %s %s%s: %s", whence, wish[1], at, wish[0], said)
		}
	}
	d.try("blind", at+"/api/sessions", "POST", `{"script":"grounding"}`)
	d.try("blind", at+"/api/invitations", "POST", `{"room":"home","role":"guide"}`)
	d.try("form", at+"/api/sessions", `{"script":"grounding","room":"home","x":"="}`)
	if said := d.try("socket", strings.Replace(at, "http", "ws", 1)+"/ws"); said != "refused" {
		t.Errorf("from %s: a socket to %s is %s", whence, at, said)
	}
	h.untouched(t, guide, "what "+whence+" did to "+at)
}

// replay asks a door who one is, with a cookie.
func replay(t testing.TB, at, cookie string) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, at+"/api/me", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Cookie", cookie)
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, DisableKeepAlives: true}}
	res, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	return res.StatusCode
}
