// Package sounds holds what Stillpoint ships to be heard, and where it comes from.
//
// Bells, breath tones and ambience are synthesised by internal/audio and need no
// files; the words of the built-in scripts lie here, as two narrators speak them.
// `make narration` speaks what has changed.
package sounds

import (
	"embed"
	"io/fs"
)

// Files are the sounds and their CREDITS.md. It never changes.
//
//go:embed CREDITS.md narration
var Files embed.FS

// Narration is the folder of the narrators' lines.
func Narration() fs.FS {
	folder, err := fs.Sub(Files, "narration")
	if err != nil {
		panic(err) // the name is a constant and valid
	}
	return folder
}
