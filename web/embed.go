// Package web is the browser's side: files served as they are written. Nothing
// is built, bundled or generated; a fresh clone runs.
package web

import "embed"

// Files is index.html and everything it needs, join.html for whoever is at the door,
// and no more: the tests stay home.
// silence.wav is 50 ms of nothing; lead.wav, which wakes a loudspeaker, is soft noise:
// sox -R -D -n -r 8000 -b 16 -c 1 lead.wav synth 1.5 whitenoise lowpass 1500 gain -49.4 fade h 0.25 1.5 0.15
//
// The icons are pictures of icon.svg, icon-whole.png of one without round corners (sed 's/ rx="9"//'):
// chromium --headless --hide-scrollbars --default-background-color=00000000 --window-size=512,512 --screenshot=big.png icon.svg
// convert big.png -strip -dither FloydSteinberg -colors 200 PNG8:icon-512.png
//
//go:embed index.html app.js join.html join.js trust.html trust.js sw.js manifest.webmanifest icon.svg icon-*.png silence.wav lead.wav elements lang lib style vendor/lit.js vendor/uplot.js vendor/*.css vendor/*.woff2 vendor/*.LICENSE
var Files embed.FS
