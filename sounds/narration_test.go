package sounds_test

import (
	"fmt"
	"io/fs"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"stillpoint/internal/library"
	"stillpoint/internal/pcm"
	"stillpoint/internal/timeline"
	"stillpoint/internal/voice"
	"stillpoint/sounds"
)

// spoken is the built-in English scripts and what each may say, and what all that are
// composed may.
func spoken(t *testing.T) map[string][]string {
	t.Helper()
	lib, err := library.Open("")
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string][]string{"breathe": library.ComposedTexts("en")}
	for _, e := range lib.All() {
		if said := voice.Texts(e.Script); len(said) > 0 && e.Script.Language == "en" {
			texts[e.ID] = said
		}
	}
	if len(texts) < 12 {
		t.Fatalf("only %d scripts speak", len(texts))
	}
	return texts
}

func narrators(t *testing.T) []voice.Narrator {
	t.Helper()
	list, err := voice.Narrators(sounds.Narration())
	if err != nil || len(list) < 2 {
		t.Fatal(list, err)
	}
	return list
}

// TestEveryLineIsThere: each narrator says all of every script, and the words of a
// trial, and nothing that no script says. If it does not, `make narration` does it.
func TestEveryLineIsThere(t *testing.T) {
	wanted := map[string]bool{}
	for _, n := range narrators(t) {
		for id, texts := range spoken(t) {
			for _, text := range append(texts, voice.Sample("en")) {
				wanted[n.File(text)] = true
				if _, err := fs.Stat(sounds.Narration(), n.File(text)); err != nil {
					t.Errorf("%s does not say, in %s: %s", n.Name, id, text)
				}
			}
		}
	}
	files, _ := fs.Glob(sounds.Narration(), "*/*")
	for _, f := range files {
		if !wanted[f] {
			t.Errorf("no script says %s any more", f)
		}
	}
}

// TestTheFolderIsSmall: all that is shipped to be heard stays under 14 MB.
func TestTheFolderIsSmall(t *testing.T) {
	size := int64(0)
	err := fs.WalkDir(os.DirFS("."), ".", func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		f, err := d.Info()
		if err == nil {
			size += f.Size()
		}
		return err
	})
	if err != nil || size > 14_000_000 {
		t.Errorf("%d bytes, %v", size, err)
	}
	t.Logf("%.2f MB", float64(size)/1e6)
}

// TestNarration listens to every script with figures: how fast it is spoken, how
// loud, and that no line is cut or begins late.
func TestNarration(t *testing.T) {
	for _, n := range narrators(t) {
		for id, texts := range spoken(t) {
			t.Run(n.ID+"/"+id, func(t *testing.T) {
				t.Parallel()
				narrated(t, n, texts)
			})
		}
	}
}

func narrated(t *testing.T, n voice.Narrator, texts []string) {
	v, err := voice.New(voice.Config{Narration: sounds.Narration()})
	if err != nil {
		t.Fatal(err)
	}
	meter, words, length := pcm.Meter{}, 0, time.Duration(0)
	for _, text := range texts {
		l := timeline.Line{Text: text, Language: n.Language, Voice: n.ID}
		samples := v.Samples(l)
		if len(samples) == 0 {
			t.Fatalf("nothing is heard of: %s", text)
		}
		sounding(t, text, samples)
		words, length = words+len(strings.Fields(text)), length+v.Length(l)
		meter.Add(both(samples))
		meter.Add(make([][2]float64, pcm.Rate/2))
	}
	if pace := float64(words) / length.Minutes(); pace < 100 || pace > 120 {
		t.Errorf("%.1f words a minute; the practice asks for 100 to 120", pace)
	} else {
		t.Logf("%.0f words a minute", pace)
	}
	// Lines are made with peaks below −7 dBTP; Opus moves them by up to two decibels,
	// and the mix's limiter has the last word.
	l := meter.Loudness()
	if math.Abs(l.Integrated-voice.Loudness) > 1 || l.TruePeak > -4.5 {
		t.Errorf("%.1f LUFS, %.1f dBTP", l.Integrated, l.TruePeak)
	}
	judged(t, n, texts, l)
}

// sounding checks the edges of a line: words begin at once, nothing rings on, and
// it takes about as long as its words would.
func sounding(t *testing.T, text string, samples []int16) {
	t.Helper()
	level := func(part []int16) int { return max(int(slices.Max(part)), -int(slices.Min(part))) }
	most := level(samples)
	if begin := level(samples[:pcm.Rate/8]); begin < most*100/3200 {
		t.Errorf("%.40s…: it begins late", text)
	}
	if end := level(samples[len(samples)-pcm.Rate/200:]); end > most/20 {
		t.Errorf("%.40s…: it is cut at its end", text)
	}
	long := time.Duration(len(samples)) * time.Second / pcm.Rate
	if by := timeline.ByWords(timeline.Line{Text: text}); long < by/2 || long > 2*by+time.Second {
		t.Errorf("%.40s…: %v long, its words take %v", text, long, by)
	}
}

// both is a line in both ears.
func both(samples []int16) [][2]float64 {
	out := make([][2]float64, len(samples))
	for i, x := range samples {
		out[i] = [2]float64{float64(x) / 32768, float64(x) / 32768}
	}
	return out
}

var integrated = regexp.MustCompile(`I:\s+(-?[\d.]+) LUFS\s+Threshold`)

// judged has ffmpeg measure the same script: its own reading of BS.1770, and its
// own Opus decoder, each line after the other.
func judged(t *testing.T, n voice.Narrator, texts []string, ours pcm.Loudness) {
	ffmpeg, err := exec.LookPath("ffmpeg")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("ffmpeg is not installed; .ci/install brings it")
		}
		t.Skip("ffmpeg is not installed; .ci/install brings it")
	}
	var list strings.Builder
	here, err := filepath.Abs("narration")
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range texts {
		fmt.Fprintf(&list, "file '%s'\n", filepath.Join(here, filepath.FromSlash(n.File(text))))
	}
	name := filepath.Join(t.TempDir(), "list.txt")
	if err := os.WriteFile(name, []byte(list.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), ffmpeg, "-hide_banner", "-nostats", "-f", "concat", "-safe", "0", "-i", name,
		"-af", "pan=stereo|c0=c0|c1=c0,ebur128=framelog=verbose", "-f", "null", "-").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	found := integrated.FindSubmatch(out)
	if found == nil {
		t.Fatalf("no verdict in\n%s", out)
	}
	theirs, err := strconv.ParseFloat(string(found[1]), 64)
	if err != nil || math.Abs(theirs-voice.Loudness) > 1 || math.Abs(theirs-ours.Integrated) > 0.3 {
		t.Errorf("ffmpeg hears %v LUFS, we %.1f", theirs, ours.Integrated)
	}
}
