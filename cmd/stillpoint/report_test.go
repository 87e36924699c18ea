package main

import (
	"context"
	"io"
	"math"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"stillpoint/internal/audio"
	"stillpoint/internal/timeline"
)

const layers = "title: Layers\n\n[ambience pink]\n[bell]\n[rest 20 fixed]\n[breathe 4-6 for 20s]\nHello. [5]\n"

// The table as it looks, with figures that hold whatever the instruments are made
// of: each kind has its loudness by promise.
func TestReport(t *testing.T) {
	script := file(t, "layers.txt", layers)
	code, out, complained := said(t, "render", script, "--report", "--who", "none")
	if code != 0 {
		t.Fatal(complained)
	}
	number := regexp.MustCompile(`-\d\d\.\d`)
	want := `“Layers”, 0:45.5

               on the whole   loudest moment      true peak
everything       -35.1 LUFS       -27.9 LUFS     -22.2 dBTP
voice                silent           silent         silent
bells            -34.2 LUFS       -27.9 LUFS     -22.2 dBTP
breath           -35.7 LUFS       -34.0 LUFS     -33.0 dBTP
ambience         -38.3 LUFS       -37.8 LUFS     -29.4 dBTP
`
	if number.ReplaceAllString(out, "-00.0") != number.ReplaceAllString(want, "-00.0") {
		t.Fatalf("it says\n%s\nwant\n%s", out, want)
	}
	got, promised := number.FindAllString(out, -1), number.FindAllString(want, -1)
	for _, i := range []int{1, 4, 7, 9} { // the loudest moments of all, bells and breath; ambience on the whole
		a, _ := strconv.ParseFloat(got[i], 64)
		if b, _ := strconv.ParseFloat(promised[i], 64); math.Abs(a-b) > 1 {
			t.Errorf("it says %s, want %s\n%s", got[i], promised[i], out)
		}
	}
	wav := filepath.Join(t.TempDir(), "layers.wav")
	if _, with, _ := said(t, "render", script, "--report", "--who", "none", "-o", wav); !strings.HasPrefix(with, out+wav+": ") {
		t.Errorf("with a file it says\n%s", with)
	}
}

func TestReportOfVoiceAndAmbience(t *testing.T) {
	parts := partsOf(audio.Even())
	for i, level := range []float64{-19, -20, -30, math.Inf(-1), -34.4} {
		parts[i].whole, parts[i].moment, parts[i].peak = level, level, level
	}
	var out strings.Builder
	writeReport(&out, &timeline.Timeline{Title: "Both", Length: time.Minute}, parts)
	if got := out.String(); !strings.Contains(got, "The ambience lies 14.4 LU below the voice.") || !strings.Contains(got, "silent") {
		t.Error(got)
	}
}

func TestReportCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if code := run(ctx, []string{"render", file(t, "layers.txt", layers), "--report"}, nil, io.Discard, io.Discard); code != 1 {
		t.Errorf("exit code %d", code)
	}
}
