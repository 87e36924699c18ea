package browser

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
)

var pictures = flag.String("pictures", "", "folder to put pictures of every face into, in every theme and language and two sizes")

var closely = flag.Bool("closely", false, "take them in full size")

// albums are how many bytes the pictures of a folder may take together, unless they are
// taken closely.
var albums = map[string]int64{"": 1_500_000, treatmentRoom: 1_000_000}

// The faces of a treatment room have an album of their own.
const treatmentRoom = "treatment-room"

var inTreatmentRoom = regexp.MustCompile(`^(room|display|remote|join|device)`)

// Pictures to be looked at beside each other are small and rough.
var shrunk = map[size]float64{desk: 0.36, phone: 0.44}

// TestPictures draws every face for people to look at: go test -run Pictures -pictures FOLDER
//
// They are called face-theme-size.webp; in another language than English, where one
// theme says it all, face-theme-size-language.webp.
func TestPictures(t *testing.T) {
	if *pictures == "" {
		t.Skip("no -pictures FOLDER given")
	}
	if err := os.MkdirAll(filepath.Join(*pictures, treatmentRoom), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Run("faces", func(t *testing.T) {
		for _, face := range faces {
			t.Run(face.name, func(t *testing.T) {
				t.Parallel()
				d := face.open(t, newHouse(t), desk)
				d.sit(face.name, append(themes[:len(themes):len(themes)], "sound"), "")
				for _, language := range otherLanguages(t) {
					d.speak(language)
					d.sit(face.name, themes[:1], "-"+language)
				}
			})
		}
	})
	for album, most := range albums {
		checkAlbum(t, album, most)
	}
}

// sit takes the pictures of a face in some themes.
func (d *device) sit(face string, worn []string, suffix string) {
	d.t.Helper()
	for name, as := range map[string]size{"desk": desk, "phone": phone} {
		d.resize(as)
		for _, theme := range worn {
			d.wear(theme)
			d.picture(fmt.Sprintf("%s-%s-%s%s.webp", inAlbum(face), theme, name, suffix), as)
		}
	}
}

// inAlbum is a face's name behind its folder.
func inAlbum(face string) string {
	if inTreatmentRoom.MatchString(face) {
		return filepath.Join(treatmentRoom, face)
	}
	return face
}

// otherLanguages are those that have a catalogue, but for English.
func otherLanguages(t *testing.T) (found []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", "..", "lang", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if language := strings.TrimSuffix(filepath.Base(file), ".json"); language != "en" {
			found = append(found, language)
		}
	}
	return found
}

func (d *device) picture(name string, as size) {
	d.t.Helper()
	scale, quality := shrunk[as], int64(16)
	if *closely {
		scale, quality = 1, 80
	}
	taken := must(d, page.CaptureScreenshot, page.CaptureScreenshotParams{
		Format: page.CaptureScreenshotFormatWebp, Quality: &quality,
		Clip: &page.Viewport{Y: ask[float64](d, "scrollY"), Width: float64(as.width), Height: float64(as.height), Scale: scale},
	})
	if err := os.WriteFile(filepath.Join(*pictures, name), taken.Data, 0o644); err != nil {
		d.t.Fatal(err)
	}
}

// checkAlbum says how large an album is.
func checkAlbum(t *testing.T, album string, most int64) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(*pictures, album, "*.webp"))
	if err != nil {
		t.Fatal(err)
	}
	var all int64
	for _, file := range files {
		if about, err := os.Stat(file); err == nil {
			all += about.Size()
		}
	}
	t.Logf("%q: %d pictures, %d bytes", album, len(files), all)
	if all > most && !*closely {
		t.Errorf("the pictures in %q are %d bytes, want at most %d", album, all, most)
	}
}

// TestPicturesFromAfar draws a treatment as its guide sees it from the other end of the table: at
// arm's length, half a metre, a ten-inch tablet that is three metres away is a sixth as large.
func TestPicturesFromAfar(t *testing.T) {
	if *pictures == "" {
		t.Skip("no -pictures FOLDER given")
	}
	d := treating(t, newHouse(t), tablet)
	d.onward()
	d.wear("low")
	quality := int64(90)
	taken := must(d, page.CaptureScreenshot, page.CaptureScreenshotParams{
		Format: page.CaptureScreenshotFormatWebp, Quality: &quality,
		Clip: &page.Viewport{Width: float64(tablet.width), Height: float64(tablet.height), Scale: 1.0 / 6},
	})
	if err := os.WriteFile(filepath.Join(*pictures, treatmentRoom, "room-low-from-afar.webp"), taken.Data, 0o644); err != nil {
		t.Fatal(err)
	}
}
