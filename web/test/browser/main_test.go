// Package browser tests Stillpoint as a person meets it: the real program, a
// real Chromium, real presses. It is a module of its own, so that none of this
// enters what the product needs.
//
//	npm ci --ignore-scripts                                  axe, once
//	go test -count=1 -timeout 15m .                          everything, some minutes
//	go test -run - -bench StopReaches -benchtime 50x .       stop, from window to window
//	go test -run - -bench StopFromEach -benchtime 25x .      stop, from each device of a practice to all others, also through slow Wi-Fi
//	go test -run - -bench PressedWindow -benchtime 20x .     silence, in the window that is pressed
//	go test -run - -bench PauseElsewhere -benchtime 20x .    silence, in the window that sounds while another is pressed
//	go test -run - -bench FiveMinutes -benchtime 1x .        sound against the room's time, for five minutes
//	go test -run - -bench MainThread -benchtime 1x .         work of a running session
//	go test -run - -bench FiveQuietMinutes -benchtime 1x .   the same for five minutes, sounding, with its long tasks
//	go test -run - -bench Soak -benchtime 1x -timeout 2h .   an hour of a session: memory, and the server's time
//	go test -run Pictures -pictures FOLDER .                 every face, to look at; closely: -closely
//
// What is not installed (chromium, pulseaudio, speech-dispatcher, axe) is passed over at home and
// fails where CI is set.
package browser

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// stage is what all tests share, made once by TestMain.
var stage struct {
	binary  string          // the built program
	browser context.Context // one Chromium; nil where there is none
}

func TestMain(m *testing.M) {
	flag.Parse()
	if !set("test.parallel") {
		flag.Set("test.parallel", "4") // they mostly wait for a session to begin
	}
	os.Exit(run(m))
}

func run(m *testing.M) int {
	if chromium() == "" {
		return m.Run() // each test says what it misses
	}
	folder, err := os.MkdirTemp("", "stillpoint-browser")
	if err != nil {
		return report(err)
	}
	defer os.RemoveAll(folder)
	if stage.binary, err = buildStillpoint(folder); err != nil {
		return report(err)
	}
	browser, end, err := startChromium()
	if err != nil {
		return report(err)
	}
	defer end()
	stage.browser = browser
	return m.Run()
}

// set says whether a flag was given.
func set(name string) (given bool) {
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == name })
	return given
}

func report(err error) int {
	fmt.Fprintln(os.Stderr, err)
	return 1
}

// chromium is the browser to test with, or nothing.
func chromium() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// startChromium starts a browser with the environment added to ours, and with
// flags, which begin with --. Its gate against sound without a tap stays as people have it.
func startChromium(more ...string) (context.Context, func(), error) {
	options := []chromedp.ExecAllocatorOption{chromedp.ExecPath(chromium()), chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck}
	for _, m := range more {
		if flag, is := strings.CutPrefix(m, "--"); is {
			options = append(options, chromedp.Flag(flagged(flag)))
		} else {
			options = append(options, chromedp.Env(m))
		}
	}
	for _, flag := range []string{
		"headless", "hide-scrollbars", "disable-background-networking", "disable-component-update", "disable-sync",
		"disable-default-apps", "disable-extensions", "disable-dev-shm-usage", "metrics-recording-only", "no-pings",
	} {
		options = append(options, chromedp.Flag(flag, true))
	}
	options = append(options, chromedp.Flag("force-color-profile", "srgb"))
	if os.Getuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	allocator, endAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, end := chromedp.NewContext(allocator)
	stop := func() { end(); endAllocator() }
	if err := chromedp.Do(ctx); err != nil {
		stop()
		return nil, nil, fmt.Errorf("start chromium: %w", err)
	}
	return ctx, stop, nil
}

// flagged is a flag's name and its value, which is true where none is given.
func flagged(flag string) (name string, value any) {
	if name, text, given := strings.Cut(flag, "="); given {
		return name, text
	}
	return flag, true
}

// needChromium passes a test over where there is no browser, except in CI.
func needChromium(t testing.TB) {
	t.Helper()
	if stage.browser == nil {
		missing(t, "chromium")
	}
}

// missing says what is not installed: reason enough to pass a test over at
// home, never in CI.
func missing(t testing.TB, what string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatalf("%s is not installed, and CI must have it", what)
	}
	t.Skipf("%s is not installed", what)
}
