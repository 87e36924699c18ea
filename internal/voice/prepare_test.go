package voice

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"stillpoint/internal/pcm"
	"stillpoint/internal/timeline"
)

// TestPrepare: the calls of progress come in order, once each, and what is made is
// made once.
func TestPrepare(t *testing.T) {
	v := with(t, Config{Cache: t.TempDir(), Recordings: t.TempDir()})
	length := 300
	runs := spokenBy(v, "system", func(_ context.Context, text string) (pcm.Clip, error) {
		length += 50
		return hum(pcm.Rate, length), nil
	})
	records(t, v, "B.", 900)
	var calls []string
	told := func(done, of int) { calls = append(calls, fmt.Sprint(done, "/", of)) }
	texts := []string{"A.", "B.", "C.", "A."}
	said, err := v.Prepare(t.Context(), texts, "en", "system", told)
	if err != nil || said != (Said{4, 4}) || runs.Load() != 2 || strings.Join(calls, " ") != "1/4 2/4 3/4 4/4" {
		t.Errorf("%+v %v, %d were made, %v", said, err, runs.Load(), calls)
	}
	for _, text := range texts {
		sameLength(t, v, by("system", text))
	}
	if _, err := v.Prepare(t.Context(), texts, "en", "system", nil); err != nil || runs.Load() != 2 {
		t.Errorf("again: %v, %d were made", err, runs.Load())
	}
	again := with(t, Config{Cache: v.cache.folder})
	runs = spokenBy(again, "system", at300)
	if said, _ := again.Prepare(t.Context(), []string{"A.", "C."}, "en", "system", nil); said.Texts != 2 || runs.Load() != 0 {
		t.Errorf("the next run of the program made %d anew", runs.Load())
	}
	if got, want := again.Length(by("system", "C.")), v.Length(by("system", "C.")); got != want {
		t.Errorf("it takes %v, and took %v", got, want)
	}
}

// TestNobodyWaitsForAnothersEngine: a narrated script is ready at once while an
// engine takes a minute for each line of another.
func TestNobodyWaitsForAnothersEngine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := with(t, Config{Narration: shipped(t, map[Narrator][]string{hazel: {"A.", "B."}})})
		spokenBy(v, "system", func(ctx context.Context, _ string) (pcm.Clip, error) {
			select {
			case <-time.After(time.Minute):
				return hum(pcm.Rate, 300), nil
			case <-ctx.Done():
				return pcm.Clip{}, ctx.Err()
			}
		})
		if said, _ := v.Prepare(t.Context(), []string{"Known."}, "en", "system", nil); said.Texts != 1 {
			t.Fatal(said)
		}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 2)
		for _, text := range []string{"Slow", "Slower"} {
			go func() {
				_, err := v.Prepare(ctx, []string{text + " one.", text + " two."}, "en", "system", nil)
				ended <- err
			}()
		}
		synctest.Wait()
		began := time.Now()
		set, err := v.Settle(t.Context(), page(t, "en", "A.", "B."), timeline.Settings{Voice: "hazel"})
		if err != nil || set.Voice != "hazel" || time.Since(began) != 0 {
			t.Errorf("%v %v after %v", set.Voice, err, time.Since(began))
		}
		if _, err := v.Prepare(t.Context(), []string{"Known."}, "en", "system", nil); err != nil || time.Since(began) != 0 {
			t.Errorf("what an engine made before: %v after %v", err, time.Since(began))
		}
		if said, err := v.Prepare(t.Context(), []string{"Mine."}, "en", "system", nil); err != nil || said.Texts != 1 || time.Since(began) > 3*time.Minute {
			t.Errorf("a line of a third: %v after %v", err, time.Since(began))
		}
		cancel()
		for range 2 {
			if err := <-ended; !errors.Is(err, context.Canceled) {
				t.Error(err)
			}
		}
	})
}

// TestTwoWhoWantTheSame: the second finds what the first has made.
func TestTwoWhoWantTheSame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := with(t, Config{})
		runs := spokenBy(v, "system", func(context.Context, string) (pcm.Clip, error) {
			time.Sleep(time.Second) // of the bubble
			return hum(pcm.Rate, 300), nil
		})
		texts := []string{"A.", "B.", "C."}
		ended := make(chan Said, 2)
		for range 2 {
			go func() {
				said, _ := v.Prepare(t.Context(), texts, "en", "system", nil)
				ended <- said
			}()
		}
		if a, b := <-ended, <-ended; a != (Said{3, 3}) || b != a || runs.Load() != 3 {
			t.Errorf("%+v %+v, %d were made", a, b, runs.Load())
		}
	})
}

// TestCancelKeepsWhatIsMade, and takes no time.
func TestCancelKeepsWhatIsMade(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := with(t, Config{Cache: t.TempDir()})
		runs := spokenBy(v, "system", func(ctx context.Context, text string) (pcm.Clip, error) {
			if text == "B." {
				<-ctx.Done()
				return pcm.Clip{}, ctx.Err()
			}
			return hum(pcm.Rate, 300), nil
		})
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		calls := 0
		said, err := v.Prepare(ctx, []string{"A.", "B.", "C."}, "en", "system", func(int, int) { calls++ })
		if !errors.Is(err, context.DeadlineExceeded) || said.Texts != 1 || calls != 1 || runs.Load() != 2 {
			t.Errorf("%+v %v, told %d times, %d runs", said, err, calls, runs.Load())
		}
		if got := v.Length(by("system", "B.")); got != timeline.ByWords(by("system", "B.")) {
			t.Errorf("what was not made takes %v", got)
		}
		if said, err := v.Prepare(t.Context(), []string{"A."}, "en", "system", nil); said.Texts != 1 || err != nil || runs.Load() != 2 {
			t.Errorf("%+v %v, %d runs", said, err, runs.Load())
		}
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		if said, err := v.Prepare(gone, []string{"A."}, "en", "system", nil); !errors.Is(err, context.Canceled) || said.Texts != 0 {
			t.Errorf("%+v %v", said, err)
		}
	})
}

// TestFaults: a line that is not spoken is on the screen; after three in a row
// nobody waits for the engine any more, and the next script gives it a new try.
func TestFaults(t *testing.T) {
	var faults []string
	v := with(t, Config{Fault: func(err error) { faults = append(faults, err.Error()) }})
	runs := spokenBy(v, "system", func(_ context.Context, text string) (pcm.Clip, error) {
		if strings.HasPrefix(text, "Bad") {
			return pcm.Clip{}, errors.New("it coughed")
		}
		return hum(pcm.Rate, 300), nil
	})
	said, err := v.Prepare(t.Context(), []string{"Bad 1.", "Bad 2.", "Good 1.", "Bad 3.", "Bad 4.", "Good 2."}, "en", "system", nil)
	if err != nil || said != (Said{2, 6}) || runs.Load() != 6 || len(faults) != 4 {
		t.Errorf("%+v %v, %d runs, %q", said, err, runs.Load(), faults)
	}
	if l := by("system", "Bad 1."); v.Length(l) != timeline.ByWords(l) || v.Samples(l) != nil {
		t.Errorf("it takes %v", v.Length(l))
	}
	faults, calls := nil, 0
	said, _ = v.Prepare(t.Context(), []string{"Bad 1.", "Bad 2.", "Bad 3.", "Bad 4.", "Good 1.", "Good 3."}, "en", "system", func(int, int) { calls++ })
	if said.Texts != 1 || runs.Load() != 9 || calls != 6 || len(faults) != 4 || !strings.Contains(faults[0], "“Bad 1.” is not spoken: it coughed") || !strings.Contains(faults[3], "Engine system did not speak 3 times in a row") {
		t.Errorf("%+v, told %d times, %d runs, %q", said, calls, runs.Load(), faults)
	}
	if said, _ := v.Prepare(t.Context(), []string{"Good 3."}, "en", "system", nil); said.Texts != 1 {
		t.Errorf("the engine is never asked again")
	}
}

func TestSettle(t *testing.T) {
	v := with(t, Config{Narration: shipped(t, map[Narrator][]string{hazel: {"A."}, rowan: {"A."}})})
	s := page(t, "en", "A.")
	for _, c := range []struct {
		asked timeline.Settings
		want  string
	}{
		{timeline.Settings{}, "hazel"},
		{timeline.Settings{Voice: "rowan"}, "rowan"},
		{timeline.Settings{Voice: Browser}, Browser},
		{timeline.Settings{Voice: "rowan", TextOnly: true}, ""},
	} {
		got, err := v.Settle(t.Context(), s, c.asked)
		if err != nil || got.Voice != c.want || got.TextOnly != c.asked.TextOnly {
			t.Errorf("%+v: %+v %v", c.asked, got, err)
		}
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := v.Settle(gone, s, timeline.Settings{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestLengthHolds: from Prepare on, a line's length is that of its samples and
// stays so, whatever becomes of the files it was made of.
func TestLengthHolds(t *testing.T) {
	v := with(t, Config{Cache: t.TempDir(), Recordings: t.TempDir(), Narration: shipped(t, map[Narrator][]string{hazel: {"N."}})})
	v.memory.most = 1 << 20 // several of them do not fit at the same time
	ms := 0
	spokenBy(v, "system", func(context.Context, string) (pcm.Clip, error) {
		ms += 137
		c := hum(pcm.Rate, 300+ms)
		return pcm.Clip{Rate: pcm.Rate, Samples: c.Samples[:len(c.Samples)-ms%48]}, nil // no whole millisecond
	})
	records(t, v, "O.", 1234)
	texts := []string{"O.", "A.", "B.", "C.", "D.", "E.", "F.", "G.", "H.", "I.", "J.", "K.", "L."}
	if _, err := v.Prepare(t.Context(), texts, "en", "system", nil); err != nil {
		t.Fatal(err)
	}
	all := append(lines(texts, "en", "system"), by("hazel", "N."), by("hazel", "O."), by("nobody", "N."))
	before := map[timeline.Line]time.Duration{}
	for _, l := range all {
		if before[l] = v.Length(l); l.Voice != "nobody" {
			sameLength(t, v, l)
		}
	}
	for _, name := range filesIn(t, v.cache.folder) {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.RemoveAll(filepath.Join(v.own.folder)); err != nil {
		t.Fatal(err)
	}
	for _, l := range lines(texts, "en", "system") {
		if got := v.Length(l); got != before[l] {
			t.Errorf("%+v takes %v, and took %v", l, got, before[l])
		}
	}
}

// TestThePageSaysTheBounds that hold.
func TestThePageSaysTheBounds(t *testing.T) {
	page, err := os.ReadFile("../../docs/voices.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		fmt.Sprintf("%.1f s between two sentences, %.2f s more at a comma", SentencePause.Seconds(), clausePause.Seconds()),
		fmt.Sprintf("%d bytes, %.0f s, %d MB |", mostSentence, sentenceTime.Seconds(), mostFile>>20),
		fmt.Sprintf("| %d MB, some four hours", mostCache>>20),
		fmt.Sprintf("| %d MB |", 2*mostMemory>>20),
		fmt.Sprintf("Up to %d are offered", mostModels),
		fmt.Sprintf("After %s such lines in a row", []string{2: "two", 3: "three"}[mostFaults]),
		fmt.Sprintf("about %d words a minute", timeline.WordsAMinute),
		fmt.Sprintf("−%d LUFS", int(-Loudness)),
	} {
		if !strings.Contains(string(page), want) {
			t.Errorf("it does not say %q", want)
		}
	}
}
