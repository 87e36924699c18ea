package check

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stillpoint/internal/script"
)

var update = flag.Bool("update", false, "rewrite what the files in testdata expect")

// offer is how every careful script may begin; it fills two lines of the body.
const offer = "You might look around first.\nYour eyes might be open, half open or closed. [5]\n"

func parsed(t *testing.T, header, body string) *script.Script {
	t.Helper()
	s, err := script.Parse("test.txt", "title: Test\n"+header+"\n\n"+body)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Each rule has a script that breaks it, and one as near to it as can be that
// does not. The bad ones break that rule alone, on the line given (of the body).
func TestRules(t *testing.T) {
	tests := []struct {
		rule, good, bad string
		line            int
		what            string
	}{
		{
			rule: "eyes open within 30 seconds (R6)",
			good: "Welcome. [13]\nWelcome. [13]\n" + offer,
			bad:  "Welcome. [14]\nWelcome. [14]\n" + offer,
			line: 1, what: "the first 30 seconds do not offer that eyes may be open",
		},
		{
			rule: "the offer is heard in time, not only begun (R6)",
			good: strings.Repeat("word ", 40) + "\n\n" + "Your eyes may be open.\n",
			bad:  strings.Repeat("word ", 51) + "\n\n" + "Your eyes may be open.\n",
			line: 1, what: "the first 30 seconds do not offer that eyes may be open",
		},
		{
			rule: "no bare close your eyes (R6)",
			good: offer + "You could close your eyes, or leave them open.\n",
			bad:  offer + "You could close your eyes.\n",
			line: 3, what: `"close your eyes" leaves no other choice`,
		},
		{
			rule: "must (R9)", good: offer + "It is musty.\n", bad: offer + "You must not fall.\n",
			line: 3, what: `"must" leaves no choice`,
		},
		{
			rule: "should (R9)", good: offer + "You might notice your shoulders.\n", bad: offer + "It Should be warm.\n",
			line: 3, what: `"should" leaves no choice`,
		},
		{
			rule: "relax (R9)", good: offer + "However relaxed you are.\n", bad: offer + "Now, relax.\n",
			line: 3, what: `"relax" asks for what cannot be done on request`,
		},
		{
			rule: "calm down (R9)", good: offer + "Down there, calm or not.\n", bad: offer + "You could calm\ndown.\n",
			line: 3, what: `"calm down" says that something is wrong`,
		},
		{
			rule: "let go (R9)", good: offer + "[guide: let go of the table]\nLet it be.\n", bad: offer + "You might let go…\n",
			line: 3, what: `"let go" can ask for more than is safe`,
		},
		{
			rule: "surrender (R9)", good: offer + "Rest as much as you like.\n", bad: offer + "“Surrender” to the floor.\n",
			line: 3, what: `"surrender" gives up a choice`,
		},
		{
			rule: "deeper and deeper (R9)", good: offer + "A deeper sound, and a lighter one.\n", bad: offer + "Sinking deeper and deeper.\n",
			line: 3, what: `"deeper and deeper" takes away the bottom`,
		},
		{
			rule: "good (R9)", good: offer + "A feel-good story, of goodness.\n", bad: offer + "Good.\n",
			line: 3, what: `"good" judges`,
		},
		{
			rule: "for me (R9)", good: offer + "For men and women.\n", bad: offer + "Lift your hand for me.\n",
			line: 3, what: `"for me" makes it a favour`,
		},
		{
			rule: "take a deep breath (R9)", good: offer + "Take a breath as it comes.\n", bad: offer + "Take a deep breath.\n",
			line: 3, what: `"take a deep breath" leads to breathing too much`,
		},
		{
			rule: "outside every three minutes (R10)",
			good: offer + "[at soles]\n" + strings.Repeat("Word [20]\n", 6) + "[outside]\n" + strings.Repeat("Word [20]\n", 6) + "[at heels]\n" + strings.Repeat("Word [20]\n", 8) + "[outside]\n",
			bad:  offer + "[at soles]\n" + strings.Repeat("Word [20]\n", 9) + "[outside]\n",
			line: 12, what: "by the end of this it is more than 3 minutes since attention was last outside",
		},
		{
			rule: "outside ends with its section (R10)",
			good: offer + "[outside]\n" + strings.Repeat("Word [20]\n", 12),
			bad:  offer + "[outside]\nWord [20]\n# On\n" + strings.Repeat("Word [20]\n", 9),
			line: 14, what: "by the end of this it is more than 3 minutes since attention was last outside",
		},
		{
			rule: "no breath block longer than three minutes (R10)",
			good: offer + "Small breaths. No need to fill up.\n[outside]\n[breathe 4-6 for 3 min]\n",
			bad:  offer + "Small breaths. No need to fill up.\n[outside]\n[breathe 4-6 for 190 s]\n",
			line: 5, what: "by the end of this it is more than 3 minutes since attention was last outside",
		},
		{
			rule: "silences of 25 seconds at most",
			good: offer + "Word [25]\n[rest 25]\n[anchor 25]\n",
			bad:  offer + "Word [25.5]\n",
			line: 3, what: "this silence is longer than 25 seconds",
		},
		{
			rule: "rests of 25 seconds at most",
			good: offer + "[25]\n",
			bad:  offer + "[rest 26]\n",
			line: 3, what: "this silence is longer than 25 seconds",
		},
		{
			rule: "anchors with 25 seconds at most",
			good: offer + "[anchor]\n",
			bad:  offer + "[anchor 26 fixed]\n",
			line: 3, what: "this silence is longer than 25 seconds",
		},
		{
			rule: "the end is not at a region",
			good: offer + "[at soles]\nWord\n[outside]\nWord\n",
			bad:  offer + "[outside]\n[at soles]\nWord\n",
			line: 4, what: "the script ends with attention still at a part of the body",
		},
		{
			rule: "the end may be nowhere, or in a section that goes nowhere",
			good: offer + "[at soles]\nWord\n# Closing\nWord\n",
			bad:  offer + "# Closing\n[at nowhere]\n[at left sole]\n[bell closing]\n",
			line: 5, what: "the script ends with attention still at a part of the body",
		},
		{
			rule: "no need to fill comes before the first paced breath",
			good: offer + "Small, soft: NO need to\nfill up.\n[breathe 4-6 for 1 min]\n[breathe 4-6 for 1 min]\n",
			bad:  offer + "[breathe natural for 1 min]\n[breathe 4-6 for 1 min]\nNo need to fill up.\n[breathe 4-6 for 30 s]\n",
			line: 4, what: "a paced breath comes before anyone is told that there is no need to fill up",
		},
		{
			rule: "no holds",
			good: offer + "No need to fill up.\n[breathe 4-0-6-0, 3 times]\n",
			bad:  offer + "No need to fill up.\n[breathe 4-0-6-1, 3 times]\n",
			line: 4, what: "4-0-6-1 holds the breath, which a trauma-sensitive script does not ask for",
		},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			const careful = "care: trauma-sensitive"
			if faults := Check(parsed(t, careful, tt.good)); len(faults) > 0 {
				t.Errorf("the good one: %v", faults)
			}
			faults := Check(parsed(t, careful, tt.bad))
			if len(faults) != 1 {
				t.Fatalf("the bad one: %d faults %v, want one", len(faults), faults)
			}
			if f := faults[0]; f.Line != tt.line+3 || f.What != tt.what || f.Try == "" || f.File != "" {
				t.Errorf("got  %d: %s\nwant %d: %s", f.Line-3, f.What, tt.line, tt.what)
			}
			if faults := Check(parsed(t, "language: en", tt.bad)); faults != nil {
				t.Errorf("without care: %v", faults)
			}
		})
	}
}

// Words are judged in the languages that have a list; structure in every language.
func TestOtherLanguages(t *testing.T) {
	body := "You must close your eyes. [40]\n[breathe box_4, 3 times]\n"
	for header, want := range map[string]int{"language: en-GB": 6, "language: fr": 2, "": 6} {
		if faults := Check(parsed(t, strings.TrimSpace("care: trauma-sensitive\n"+header), body)); len(faults) != want {
			t.Errorf("%q: %d faults, want %d: %v", header, len(faults), want, faults)
		}
	}
}

// In a treatment the long rests are the therapist's work, and somebody is there.
func TestTreatmentsMayBeQuiet(t *testing.T) {
	body := "[guide: Ask]\n[rest 12 min]\n[wait]\n[rest 20 min]\n[bell closing]\n"
	if faults := Check(parsed(t, "kind: treatment\ncare: trauma-sensitive", body)); faults != nil {
		t.Errorf("got %v", faults)
	}
	if faults := Check(parsed(t, "care: trauma-sensitive", body)); len(faults) != 4 {
		t.Errorf("got %v, want both rests twice", faults)
	}
}

func TestFaultsAreBounded(t *testing.T) {
	s := parsed(t, "care: trauma-sensitive", offer+strings.Repeat("You must, you should: relax. Good.\n\n", 1000))
	faults := Check(s)
	if len(faults) != script.MaxFaults+1 || !strings.HasSuffix(faults[script.MaxFaults].What, " more from here on") {
		t.Errorf("%d faults, the last %v", len(faults), faults[len(faults)-1])
	}
}

// Every file in testdata is a script, a line of ---, and its faults as printed.
func TestCheckedScripts(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.txt")
	if len(files) == 0 {
		t.Fatal("testdata is empty")
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			content, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			text, want, _ := strings.Cut(string(content), "---\n")
			s, err := script.Parse(filepath.Base(file), text)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, f := range Check(s) {
				f.File = filepath.Base(file)
				got += f.Error() + "\n"
			}
			if *update {
				if err := os.WriteFile(file, []byte(text+"---\n"+got), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}
