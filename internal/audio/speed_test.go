//go:build unix

package audio

import (
	"encoding/binary"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"stillpoint/internal/library"
	"stillpoint/internal/timeline"
)

// feetFirst is ten minutes of the script of that name with every kind of sound
// there is: its words and bells, rain all through, and a breath every ten seconds.
func feetFirst(t testing.TB) *timeline.Timeline {
	t.Helper()
	shelf, err := library.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	script, err := shelf.Script("feet-first")
	if err != nil {
		t.Fatal(err)
	}
	tl, err := timeline.Compile(script, timeline.Settings{}, timeline.ByWords)
	if err != nil {
		t.Fatal(err)
	}
	tl.Cues = append([]timeline.Cue{{Kind: timeline.Ambience, Name: "rain"}}, tl.Cues...)
	for at := time.Duration(0); at+10*time.Second <= tl.Length; at += 10 * time.Second {
		tl.Cues = append(tl.Cues,
			timeline.Cue{Kind: timeline.Inhale, At: at, Length: 4 * time.Second},
			timeline.Cue{Kind: timeline.Exhale, At: at + 4*time.Second, Length: 6 * time.Second})
	}
	return tl
}

// spent is the time this process has used a core for.
func spent(b *testing.B) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// BenchmarkRendering renders ten minutes on one core, and has sox mix as much, by
// the time both use a core for.
func BenchmarkRendering(b *testing.B) {
	tl := feetFirst(b)
	s := murmuring().Score(tl, Even())
	block := make([][2]float64, 4096)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	before := spent(b)
	for b.Loop() {
		stream := s.Stream(0)
		for ok := true; ok; {
			_, ok = stream.Stream(block)
		}
	}
	ours := (spent(b) - before) / time.Duration(b.N)
	b.ReportMetric(tl.Length.Seconds()/ours.Seconds(), "x-real-time")
	theirs := soxMixes(b, tl)
	b.ReportMetric(tl.Length.Seconds()/theirs.Seconds(), "sox-x-real-time")
	b.ReportMetric(float64(theirs)/float64(ours), "x-sox")
}

// soxMixes has sox mix what a session is made of and says what it used: a file of
// the words, pink noise, the two tones of a breath, and ten partials for each bell.
func soxMixes(b *testing.B, tl *timeline.Timeline) time.Duration {
	sox := tool(b, "sox")
	voice := filepath.Join(b.TempDir(), "voice.raw")
	if err := os.WriteFile(voice, words(tl), 0o600); err != nil {
		b.Fatal(err)
	}
	long := tl.Length.Seconds()
	args := []string{"-D", "-m", "-t", "raw", "-r", "48000", "-b", "16", "-e", "signed", "-c", "1", voice,
		"|" + sox + fmt.Sprintf(" -n -r 48000 -c 2 -p synth %.0f pinknoise synth sine mix 220 synth sine mix 440 vol 0.1", long)}
	for _, c := range tl.Cues {
		if c.Kind == timeline.Bell {
			partials := strings.Repeat(" synth sine mix 587", 9)
			args = append(args, "|"+sox+fmt.Sprintf(" -n -r 48000 -c 2 -p synth 14 sine 196%s vol 0.1 pad %.1f", partials, c.At.Seconds()))
		}
	}
	cmd := exec.Command(sox, append(args, "-t", "raw", "-e", "float", "-b", "32", "/dev/null")...)
	if said, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("sox: %v %s", err, said)
	}
	return cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
}

// words are the words of a timeline in their places, 16 bits, mono.
func words(tl *timeline.Timeline) []byte {
	out := make([]byte, 2*frames(tl.Length))
	for _, c := range tl.Cues {
		if c.Kind == timeline.Say {
			for i, x := range murmur(timeline.Line{Text: c.Text}) {
				binary.LittleEndian.PutUint16(out[2*(frames(c.At)+i):], uint16(x))
			}
		}
	}
	return out
}

// BenchmarkLive pulls blocks of 10 ms, as a sound card does.
func BenchmarkLive(b *testing.B) {
	var live Live
	s := murmuring().Score(feetFirst(b), Even())
	live.Follow(playing(s, 0, noon))
	block := make([][2]float64, 480)
	at := noon
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	before := spent(b)
	for b.Loop() {
		if at.Sub(noon) > 9*time.Minute {
			live, at = Live{}, noon
			live.Follow(playing(s, 0, noon))
		}
		live.Heard(at)
		live.Stream(block)
		at = at.Add(10 * time.Millisecond)
	}
	b.ReportMetric(100*(spent(b)-before).Seconds()/(float64(b.N)*0.01), "%-of-a-core")
}
