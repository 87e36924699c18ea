package browser

import (
	"context"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// must gives a command of the browser's protocol to a window.
func must[P, R any](d *device, command cdp.Command[P, R], params P) R {
	d.t.Helper()
	ctx, enough := context.WithTimeout(d.ctx, answers)
	defer enough()
	answer, err := chromedp.Call(ctx, command, params)
	if err != nil {
		d.t.Fatalf("%s: %v", command.Method, err)
	}
	return answer
}

// A key as the browser's protocol wants it.
type key struct {
	name, code, text string
	number           int64
}

var (
	space    = key{" ", "Space", " ", 32}
	enter    = key{"Enter", "Enter", "\r", 13}
	tab      = key{"Tab", "Tab", "", 9}
	escape   = key{"Escape", "Escape", "", 27}
	pageDown = key{"PageDown", "PageDown", "", 34}
	keyB     = key{"b", "KeyB", "b", 66}
	keyF9    = key{"F9", "F9", "", 120}
)

// strike presses a key and lets it go.
func (d *device) strike(k key) {
	d.t.Helper()
	d.keyDown(k, false)
	d.keyUp(k)
}

func (d *device) keyDown(k key, repeated bool) {
	d.t.Helper()
	p := k.params(input.DispatchKeyEventTypeKeyDown)
	p.Text, p.AutoRepeat = k.text, &repeated
	must(d, input.DispatchKeyEvent, p)
}

func (d *device) keyUp(k key) {
	d.t.Helper()
	must(d, input.DispatchKeyEvent, k.params(input.DispatchKeyEventTypeKeyUp))
}

func (k key) params(what input.DispatchKeyEventType) input.DispatchKeyEventParams {
	return input.DispatchKeyEventParams{Type: what, Key: k.name, Code: k.code, WindowsVirtualKeyCode: k.number, NativeVirtualKeyCode: k.number}
}
