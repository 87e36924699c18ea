package server

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"rsc.io/qr"
)

// The picture is the code, module for module, with light all around it, dark on
// light, and far enough apart for a camera, in every theme.
func TestQR(t *testing.T) {
	const link = "https://192.168.100.200:7443/join#ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	code, err := qr.Encode(link, qr.M)
	if err != nil {
		t.Fatal(err)
	}
	for _, theme := range []string{"dusk", "day", "low", "sound", "", `"><script>`} {
		picture, err := drawQR(link, theme)
		if err != nil || strings.Contains(picture, "<script") || strings.Contains(picture, "style=") {
			t.Fatalf("%s: %v %.200s", theme, err, picture)
		}
		dark := map[[2]int]bool{}
		for _, m := range regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-(\d+)z`).FindAllStringSubmatch(picture, -1) {
			x, y, n := number(t, m[1]), number(t, m[2]), number(t, m[3])
			for i := range n {
				dark[[2]int{x + i - quietZone, y - quietZone}] = true
			}
		}
		for y := -quietZone; y < code.Size+quietZone; y++ {
			for x := -quietZone; x < code.Size+quietZone; x++ {
				if dark[[2]int{x, y}] != code.Black(x, y) {
					t.Fatalf("%s: module %d %d", theme, x, y)
				}
			}
		}
		if !strings.Contains(picture, fmt.Sprintf(`viewBox="0 0 %d %[1]d"`, code.Size+2*quietZone)) {
			t.Errorf("%s: %.200s", theme, picture)
		}
	}
	for theme, ink := range inks {
		if c := (luminance(t, ink[1]) + 0.05) / (luminance(t, ink[0]) + 0.05); c < 7 {
			t.Errorf("%s: the contrast is %.1f", theme, c)
		}
	}
}

func number(t *testing.T, text string) int {
	t.Helper()
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// luminance is WCAG's, of a colour like #d9c9b0.
func luminance(t *testing.T, colour string) (l float64) {
	t.Helper()
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		v, err := strconv.ParseUint(colour[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(v) / 255
		if c <= 0.04045 {
			l += weight * c / 12.92
		} else {
			l += weight * math.Pow((c+0.055)/1.055, 2.4)
		}
	}
	return l
}
