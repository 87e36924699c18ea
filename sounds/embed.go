// Package sounds holds what Stillpoint ships to be heard, and where it comes from.
//
// Bells, breath tones and ambience are synthesised by internal/audio and need no
// files; what is recorded lies here.
package sounds

import "embed"

// Files are the sounds and their CREDITS.md. It never changes.
//
//go:embed CREDITS.md
var Files embed.FS
