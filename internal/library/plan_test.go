package library

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"stillpoint/internal/script"
)

func TestParsePlan(t *testing.T) {
	got, faults := ParsePlan("plan.txt", "\ufefffrom: Maria\r\nnote:  There is no hurry: any of it is fine.\n\n"+
		"feet-first, three times a week, 10 min\nlonger-exhale, when you like\ngrounding\n"+
		"breathe:4-0-6-0, 6 times, twice a week\nhands-only,5 minutes , Every Day\n")
	want := Plan{From: "Maria", Note: "There is no hurry: any of it is fine.", Items: []PlanItem{
		{Line: 4, Script: "feet-first", Times: 3, Length: 10 * time.Minute},
		{Line: 5, Script: "longer-exhale"},
		{Line: 6, Script: "grounding"},
		{Line: 7, Script: "breathe:4-0-6-0, 6 times", Times: 2},
		{Line: 8, Script: "hands-only", Times: 7, Length: 5 * time.Minute},
	}}
	if len(faults) > 0 || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v\nwant %+v\n%v", got, want, faults)
	}
}

// Faults name their line and a way out; the lines around them are there.
func TestPlanFaults(t *testing.T) {
	for text, want := range map[string]string{
		"from: A\nfrom: B\ngrounding":               "plan.txt:2: this is said twice. Try: keeping one of the two lines",
		"from: " + strings.Repeat("x", 81):          "plan.txt:1: this is longer than 80 characters. Try: fewer words",
		"note: " + strings.Repeat("ä", 301):         "plan.txt:1: this is longer than 300 characters. Try: fewer words",
		", twice a week":                            "plan.txt:1: no script is named here. Try: a line like: feet-first, three times a week",
		"grounding, 22 times a week":                "plan.txt:1: that is more than 21 times a week. Try: three times a week",
		"grounding, 181 min":                        "plan.txt:1: that is longer than 180 minutes. Try: 10 min",
		strings.Repeat("grounding\n", 21):           "plan.txt:21: there are more than 20 lines. Try: a few, for a start",
		strings.Repeat("x", MaxPlanBytes+1):         "plan.txt: this is more than a page of plain words. Try: a few lines, saved as plain text",
		"grounding\xff":                             "plan.txt: this is more than a page of plain words. Try: a few lines, saved as plain text",
		"grounding, 0 min":                          "", // part of a name, which the library does not know
		"grounding\n\n# no headings in a plan\n":    "",
		"feet-first, zero times a week":             "",
		"feet-first, three times a week, a day off": "",
	} {
		_, faults := ParsePlan("plan.txt", text)
		if faults.Error() != want {
			t.Errorf("%.40q: %q, want %q", text, faults.Error(), want)
		}
	}
}

func TestReadPlan(t *testing.T) {
	path := filepath.Join(t.TempDir(), "plan.txt")
	if p, faults, err := ReadPlan(path); err != nil || faults != nil || !reflect.DeepEqual(p, Plan{}) {
		t.Errorf("no file: %+v %v %v", p, faults, err)
	}
	if err := os.WriteFile(path, []byte("grounding\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if p, _, err := ReadPlan(path); err != nil || len(p.Items) != 1 {
		t.Errorf("%+v %v", p, err)
	}
	if _, _, err := ReadPlan(filepath.Dir(path)); err == nil {
		t.Error("a folder was read as a plan")
	}
}

func FuzzParsePlan(f *testing.F) {
	f.Add("from: Maria\nnote: x\nfeet-first, three times a week, 10 min\n")
	f.Add(",,,,\nbreathe:4-0-6-0, 6 times\n:\n")
	f.Fuzz(func(t *testing.T, text string) {
		plan, faults := ParsePlan("plan.txt", text)
		if len(plan.Items) > MaxItems || len(faults) > script.MaxFaults+1 {
			t.Fatalf("%d items, %d faults", len(plan.Items), len(faults))
		}
		for _, item := range plan.Items {
			if item.Script == "" || item.Line < 1 || item.Times < 0 || item.Times > maxTimes || item.Length < 0 || item.Length > maxMinutes*time.Minute {
				t.Fatalf("%+v", item)
			}
		}
	})
}

// The page for therapists shows a plan that can be used as it stands.
func TestTheGuidesPlan(t *testing.T) {
	page, err := os.ReadFile("../../docs/plan.md")
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.Split(string(page), "```")
	if len(parts) < 2 {
		t.Fatal("it shows no plan")
	}
	plan, faults := ParsePlan("docs/plan.md", parts[1])
	if len(faults) > 0 || plan.From == "" || plan.Note == "" || len(plan.Items) != 2 {
		t.Fatalf("%+v %v", plan, faults)
	}
	l, err := Open("")
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range plan.Items {
		if _, err := l.Script(item.Script); err != nil {
			t.Error(err)
		}
	}
}
