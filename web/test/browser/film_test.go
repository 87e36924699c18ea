package browser

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"slices"
	"sync"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

const (
	board    = 8 // squares along each edge of a frame
	whole    = board * board
	sparse   = 3 // of the pixels along each edge, one in so many is looked at
	everyNth = 3 // of sixty frames a second
)

// shot is one frame as light: the relative luminance (WCAG 2), 0 to 1, of every
// square of a board of eight by eight, and then of the whole.
type shot struct {
	at    time.Time
	light [whole + 1]float64
}

// film is what a window looked like. A frame stands until the next one.
type film struct {
	d     *device
	taken chan *page.EventScreencastFrame
	ended chan struct{}
	mu    sync.Mutex
	all   []*page.EventScreencastFrame
}

// films begins to film the window. A browser shows a frame when something has changed,
// so something does all the time, too small to be seen.
func (d *device) films() *film {
	d.t.Helper()
	d.do(beating)
	f := &film{d: d, taken: make(chan *page.EventScreencastFrame, 64), ended: make(chan struct{})}
	if err := chromedp.Listen(d.ctx, f.hear); err != nil {
		d.t.Fatal(err)
	}
	go f.take()
	best, last := int64(90), true
	must(d, page.StartScreencast, page.StartScreencastParams{Format: page.StartScreencastFormatJpeg, Quality: &best, SendLastFrame: &last, EveryNthFrame: everyNth})
	return f
}

const beating = `
	const beat = document.createElement('i');
	Object.assign(beat.style, {position: 'fixed', zIndex: 99, insetBlockStart: 0, insetInlineStart: 0, inlineSize: '1px', blockSize: '1px', background: 'gray'});
	document.documentElement.append(beat);
	beat.animate({transform: ['none', 'translateX(2px)']}, {duration: 500, iterations: Infinity})`

func (f *film) hear(event any) {
	frame, is := event.(*page.EventScreencastFrame)
	if !is {
		return
	}
	select {
	case f.taken <- frame:
	case <-f.ended:
	}
}

// take keeps what comes, and asks for the next.
func (f *film) take() {
	for {
		select {
		case frame := <-f.taken:
			f.mu.Lock()
			f.all = append(f.all, frame)
			f.mu.Unlock()
			chromedp.Call(f.d.ctx, page.ScreencastFrameAck, page.ScreencastFrameAckParams{SessionID: frame.SessionID})
		case <-f.ended:
			return
		}
	}
}

// cut ends the film and develops it.
func (f *film) cut() []shot {
	f.d.t.Helper()
	must(f.d, page.StopScreencast, cdp.Empty{})
	close(f.ended)
	f.mu.Lock()
	defer f.mu.Unlock()
	shots := make([]shot, len(f.all))
	for i, frame := range f.all {
		picture, err := jpeg.Decode(bytes.NewReader(frame.Data))
		if err != nil {
			f.d.t.Fatalf("frame %d: %v", i, err)
		}
		shots[i] = shot{moment(frame.Metadata.Timestamp), light(picture.(*image.YCbCr))}
	}
	slices.SortStableFunc(shots, func(a, b shot) int { return a.at.Compare(b.at) })
	return shots
}

// moment is an instant of the browsers' clock, in seconds since 1970.
func moment(at cdp.TimeSinceEpoch) time.Time { return time.UnixMicro(int64(at.Float64() * 1e6)) }

// light measures a picture.
func light(picture *image.YCbCr) (l [whole + 1]float64) {
	var seen [whole]float64
	size := picture.Bounds()
	for y := size.Min.Y; y < size.Max.Y; y += sparse {
		row := (y - size.Min.Y) * board / size.Dy() * board
		for x := size.Min.X; x < size.Max.X; x += sparse {
			square := row + (x-size.Min.X)*board/size.Dx()
			c := picture.YCbCrAt(x, y)
			r, g, b := color.YCbCrToRGB(c.Y, c.Cb, c.Cr)
			l[square] += 0.2126*linear[r] + 0.7152*linear[g] + 0.0722*linear[b]
			seen[square]++
		}
	}
	for square := range whole {
		l[square] /= max(1, seen[square])
		l[whole] += l[square] / whole
	}
	return l
}

// linear is how bright each value of a colour is.
var linear = func() (table [256]float64) {
	for i := range table {
		v := float64(i) / 255
		if v <= 0.04045 {
			table[i] = v / 12.92
		} else {
			table[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return table
}()
