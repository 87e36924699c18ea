package browser

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

var pictures = flag.String("pictures", "", "folder to put pictures of every face into, in every theme and two sizes")
var picturesIn = flag.String("speaking", "en", "language of the pictures")

// TestPictures draws every face for people to look at: go test -run Pictures -pictures FOLDER -speaking de
func TestPictures(t *testing.T) {
	if *pictures == "" {
		t.Skip("no -pictures FOLDER given")
	}
	if err := os.MkdirAll(*pictures, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, face := range faces {
		t.Run(face.name, func(t *testing.T) {
			d := face.open(t, newHouse(t), desk)
			d.speak(*picturesIn)
			for _, as := range []size{desk, phone} {
				d.resize(as)
				for _, theme := range themes {
					d.wear(theme)
					d.picture(fmt.Sprintf("%s-%s-%d.png", face.name, theme, as.width))
				}
			}
		})
	}
}

func (d *device) picture(name string) {
	d.t.Helper()
	png, err := chromedp.Run(d.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		d.t.Fatalf("picture %s: %v", name, err)
	}
	if err := os.WriteFile(filepath.Join(*pictures, name), png, 0o644); err != nil {
		d.t.Fatal(err)
	}
}
