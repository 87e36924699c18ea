// Package web is the browser's side: files served as they are written. Nothing
// is built, bundled or generated; a fresh clone runs.
package web

import "embed"

// Files is index.html and everything it needs, and no more: the tests stay home.
//
//go:embed index.html app.js icon.svg silence.wav elements lang lib style vendor/lit.js vendor/*.woff2 vendor/*.LICENSE
var Files embed.FS
