package server

import (
	"fmt"
	"strings"

	"rsc.io/qr"
)

// quietZone is how many modules of light a reader needs around a code.
const quietZone = 4

// inks are the two colours of a code in each theme: dark modules on a light ground,
// for no reader can be relied on the other way round; and a ground no lighter than
// it has to be where the light is low.
var inks = map[string][2]string{
	"dusk": {"#15120e", "#d9c9b0"}, "day": {"#2b241b", "#fbf7ef"},
	"low": {"#070504", "#c98f4e"}, "sound": {"#070504", "#c98f4e"},
}

// drawQR draws text as a picture for a phone to scan. Each row is as few strokes as
// it has runs of dark.
func drawQR(text, theme string) (string, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return "", err
	}
	ink, ok := inks[theme]
	if !ok {
		ink = inks["dusk"]
	}
	whole := code.Size + 2*quietZone
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %[1]d" shape-rendering="crispEdges">`+
		`<path fill="%[2]s" d="M0 0h%[1]dv%[1]dH0z"/><path fill="%[3]s" d="%[4]s"/></svg>`, whole, ink[1], ink[0], strokes(code)), nil
}

// strokes is every run of dark modules as a path.
func strokes(code *qr.Code) string {
	var d strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			from := x
			for code.Black(x, y) {
				x++
			}
			if x > from {
				fmt.Fprintf(&d, "M%d %dh%dv1h-%[3]dz", from+quietZone, y+quietZone, x-from)
			}
		}
	}
	return d.String()
}
