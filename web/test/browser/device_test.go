package browser

import (
	"context"
	_ "embed"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

//go:embed testdata/watch.js
var watch string

const (
	soon     = 10 * time.Second // far longer than anything awaited takes
	lookEach = 20 * time.Millisecond
	answers  = 20 * time.Second // a browser that takes longer hangs
)

// size is a window, in CSS pixels.
type size struct{ width, height int64 }

var (
	desk  = size{1280, 800}
	phone = size{390, 844}
	small = size{320, 640}
)

// device is one window of somebody's: with storage of its own, and a list of
// everything it complained about.
type device struct {
	t       testing.TB
	ctx     context.Context
	house   *house
	alone   bool // the server goes away in this test, and connections may be refused
	unknown bool // it is a stranger in this test, and told so, which a browser logs

	mu         sync.Mutex
	complaints []string
}

// open opens a window on a path of the house. When the test ends, the window
// must not have complained, and must not have asked anybody but the house.
func (h *house) open(t testing.TB, path string, as size) *device {
	t.Helper()
	return h.openIn(t, stage.browser, path, as)
}

func (h *house) openIn(t testing.TB, browser context.Context, path string, as size) *device {
	t.Helper()
	d := h.blank(t, browser, as)
	d.visit(path)
	return d
}

// blank is a window in which nothing is opened yet.
func (h *house) blank(t testing.TB, browser context.Context, as size) *device {
	t.Helper()
	d := &device{t: t, house: h}
	ctx, closed := chromedp.NewContext(browser, chromedp.WithNewBrowserContext(), chromedp.WithListener(d.heard))
	d.ctx = ctx
	t.Cleanup(func() {
		d.checkComplaints()
		closed()
	})
	if err := chromedp.Do(ctx); err != nil { // the window lives as long as the context of its first call
		t.Fatalf("open a window: %v", err)
	}
	must(d, network.Enable, network.EnableParams{})
	must(d, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	must(d, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: watch})
	d.resize(as)
	return d
}

// visit goes to a path and waits until the room is joined.
func (d *device) visit(path string) {
	d.t.Helper()
	if err := chromedp.Do(d.ctx, chromedp.Navigate(d.house.url+path)); err != nil {
		d.t.Fatalf("open %s: %v", path, err)
	}
	d.await("watch.room()?.status === 'live' && document.querySelector('h1')?.innerText")
}

func (d *device) resize(to size) {
	d.t.Helper()
	must(d, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: to.width, Height: to.height, DeviceScaleFactor: 1})
}

// heard keeps what nobody should have to read.
func (d *device) heard(event any) {
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		d.complain("exception: %s %s", e.ExceptionDetails.Text, e.ExceptionDetails.Exception.Description)
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning {
			d.complain("console: %s", e.Args[0].Value)
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning {
			d.complain("log: %s %s", e.Entry.Text, e.Entry.URL)
		}
	case *network.EventRequestWillBeSent:
		d.checkAddress(e.Request.URL)
	case *network.EventWebSocketCreated:
		d.checkAddress(e.URL)
	}
}

func (d *device) checkAddress(asked string) {
	u, err := url.Parse(asked)
	if err != nil || u.Host != "" && u.Hostname() != "127.0.0.1" {
		d.complain("a request left this machine: %s", asked)
	}
}

func (d *device) complain(format string, args ...any) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.complaints) < 20 {
		d.complaints = append(d.complaints, fmt.Sprintf(format, args...))
	}
}

func (d *device) checkComplaints() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, c := range d.complaints {
		if strings.Contains(c, "closed before the connection is established") {
			continue // a machine so busy that nobody answered within five seconds: the line took another, and what that is for is awaited
		}
		if d.alone && (strings.Contains(c, "net::ERR_") || strings.Contains(c, "WebSocket connection") || strings.Contains(c, "fetching the script")) {
			continue
		}
		if d.unknown && (strings.Contains(c, "status of 401") || strings.Contains(c, "/api/pair") || strings.Contains(c, "WebSocket connection")) {
			continue
		}
		d.t.Errorf("the page complained: %s", c)
	}
}

// ask evaluates JavaScript in the page.
func ask[T any](d *device, js string) T {
	d.t.Helper()
	ctx, enough := context.WithTimeout(d.ctx, answers)
	defer enough()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](js, chromedp.EvalAwaitPromise))
	if err != nil {
		d.t.Fatalf("%s: %v", js, err)
	}
	return v
}

// do evaluates JavaScript for what it does.
func (d *device) do(js string) {
	d.t.Helper()
	ask[bool](d, "(async () => {"+js+"; return true})()")
}

// await looks until an expression is true.
func (d *device) await(js string) {
	d.t.Helper()
	d.awaitWithin(js, soon)
}

// awaitWithin looks until an expression is true, and returns how long it took.
func (d *device) awaitWithin(js string, within time.Duration) time.Duration {
	d.t.Helper()
	began := time.Now()
	for !ask[bool](d, "!!("+js+")") {
		if time.Since(began) > within {
			d.t.Fatalf("not within %v: %s\nface %s, state %s, seen: %s", within, js,
				ask[string](d, "watch.face()"), ask[string](d, "watch.state()"), ask[string](d, "document.body.innerText.slice(0, 600)"))
		}
		time.Sleep(lookEach)
	}
	return time.Since(began)
}

// sees waits until the words can be read on the page.
func (d *device) sees(words string) {
	d.t.Helper()
	d.await(fmt.Sprintf("watch.reads(%q)", words))
}

// box is where something is in the window.
type box struct{ Left, Top, Width, Height float64 }

func (b box) right() float64  { return b.Left + b.Width }
func (b box) bottom() float64 { return b.Top + b.Height }

// spot is where to press something.
type spot struct{ X, Y float64 }

// place finds where to press what is called so, scrolled into sight and at rest:
// what comes above it a little later may push it out again.
func (d *device) place(name string) spot {
	d.t.Helper()
	d.await(fmt.Sprintf("watch.find(%q)", name))
	d.await(fmt.Sprintf("watch.rest(%q)", name))
	return ask[spot](d, "watch.seen.spot")
}

// press presses what is called so, as a mouse or a finger would.
func (d *device) press(name string) {
	d.t.Helper()
	at := d.place(name)
	d.pressDown(at)
	d.pressUp(at)
}

func (d *device) pressDown(at spot) {
	d.t.Helper()
	d.mouse(input.DispatchMouseEventTypeMousePressed, at)
}
func (d *device) pressUp(at spot) {
	d.t.Helper()
	d.mouse(input.DispatchMouseEventTypeMouseReleased, at)
}

func (d *device) mouse(what input.DispatchMouseEventType, at spot) {
	d.t.Helper()
	must(d, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: what, X: at.X, Y: at.Y, Button: input.MouseButtonLeft, ClickCount: 1})
}

// running loads a quick script, starts it from this window and waits until it plays.
func (d *device) running(script string) {
	d.t.Helper()
	d.house.load(d.t, script)
	d.await("watch.room().transport?.state === 'ready'")
	d.do("await watch.room().do('start')")
	d.playing()
}

// playing waits until the session plays and its lead-in is over.
func (d *device) playing() {
	d.t.Helper()
	d.await("watch.state() === 'playing' && watch.room().transport.at <= watch.room().now() && watch.face() === 'session' && !document.querySelector('.bare')")
}

// settle waits until the room has answered everything this window has asked: it
// answers in order, and an anchor changes nothing here.
func (d *device) settle() {
	d.t.Helper()
	d.do("await watch.room().do('anchor', {to: 'hands'}).catch(() => {})")
}

// percentile is the p-th of the values, nearest rank.
func percentile(values []float64, p float64) float64 {
	slices.Sort(values)
	return values[max(0, min(len(values)-1, int(float64(len(values))*p/100+0.9999)-1))]
}

// number writes a value as JavaScript reads it.
func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
