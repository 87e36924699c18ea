package pairing

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"stillpoint/internal/session"
)

// What is kept comes back as it was, is for this person alone, and holds no secret.
func TestKept(t *testing.T) {
	file := File(filepath.Join(t.TempDir(), "devices.json"))
	r, err := file.Load()
	if err != nil {
		t.Fatal(err)
	}
	var secrets []string
	for _, role := range []session.Role{session.Guide, session.Guest, session.Display, session.Remote} {
		i := invited(t, r, role, noon)
		_, private, err := r.Pair(Knock{Token: i.Token, Door: secure, From: phone}, noon)
		if err != nil {
			t.Fatal(err)
		}
		secrets = append(secrets, i.Token, i.Number, private)
	}
	open := invited(t, r, session.Guest, noon)
	secrets = append(secrets, open.Token, open.Number, open.ID)
	if err := file.Save(r.Content()); err != nil {
		t.Fatal(err)
	}
	body, err := os.ReadFile(string(file))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range secrets {
		if bytes.Contains(body, []byte(s)) {
			t.Errorf("%q is in the file", s)
		}
	}
	if info, err := os.Stat(string(file)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v, %v", info.Mode(), err)
	}
	again, err := file.Load()
	if err != nil || !reflect.DeepEqual(again.Devices(noon), r.Devices(noon)) {
		t.Errorf("%v: %+v, was %+v", err, again.Devices(noon), r.Devices(noon))
	}
	if _, ok := again.Known(secure, secrets[2], noon); !ok {
		t.Error("a device is not known again")
	}
	if later := again.Devices(noon.Add(Disuse)); len(later) > 0 {
		t.Errorf("a month later: %+v", later)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(string(file)), ".*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// A file that is not whole lets nobody in, and says so.
func TestAFileThatIsNotWhole(t *testing.T) {
	r := New()
	came(t, r, session.Guest, noon)
	whole := string(r.Content())
	for name, body := range map[string]string{
		"nothing":           "",
		"half":              whole[:len(whole)/2],
		"a role of nothing": strings.Replace(whole, `"guest"`, `"host"`, 1),
		"a plain guest":     strings.Replace(whole, `"role"`, `"plain":true,"role"`, 1),
		"a short sum":       strings.Replace(whole, `"sum": "`, `"sum": "00`, 1),
		"twice the same":    strings.Replace(whole, "[", "["+whole[strings.Index(whole, "{\n\t\t\t"):strings.LastIndex(whole, "\n\t]")]+",", 1),
		"too long":          whole + strings.Repeat(" ", maxFile),
	} {
		file := File(filepath.Join(t.TempDir(), "devices.json"))
		if err := os.WriteFile(string(file), []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := file.Load(); err == nil || len(got.Devices(noon)) > 0 {
			t.Errorf("%s: %v, %+v", name, err, got.Devices(noon))
		}
	}
}

// A clock that is wrong when the program begins, and put right later, or the other way
// round, makes nobody a stranger for good, and writes nobody out of the file.
func TestAWrongClock(t *testing.T) {
	file := File(filepath.Join(t.TempDir(), "devices.json"))
	first := New()
	_, private := came(t, first, session.Display, noon)
	if err := file.Save(first.Content()); err != nil {
		t.Fatal(err)
	}
	for name, wrong := range map[string]time.Time{
		"has forgotten the time": time.UnixMilli(0), "is a year behind": noon.AddDate(-1, 0, -1), "is years ahead": noon.AddDate(9, 0, 0),
	} {
		r, err := file.Load()
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range r.Devices(wrong) {
			r.Used(d.ID, wrong)
		}
		r.Known(secure, private, wrong)
		if err := file.Save(r.Content()); err != nil {
			t.Fatal(err)
		}
		if _, ok := r.Known(secure, private, noon.Add(time.Minute)); !ok {
			t.Errorf("after a clock that %s the device is a stranger", name)
		}
		if again, err := file.Load(); err != nil || !reflect.DeepEqual(again.Devices(noon), first.Devices(noon)) {
			t.Errorf("after a clock that %s there is kept %+v, %v", name, again.Devices(noon), err)
		}
	}
}

// FuzzRead: whatever is in the file, whoever it lets in could have been let in.
func FuzzRead(f *testing.F) {
	r := New()
	if i, err := r.Invite(Invitation{Room: "one", Role: session.Guide}, noon); err == nil {
		r.Pair(Knock{Token: i.Token, Door: secure, Name: "Tablet", From: phone}, noon)
	}
	f.Add(r.Content())
	f.Add([]byte(`{"devices":[]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		r, err := read(body)
		if err != nil {
			return
		}
		list := r.Devices(noon)
		if len(list) > MaxDevices {
			t.Errorf("%d devices", len(list))
		}
		for _, d := range list {
			if d.check() != nil || noon.Sub(d.Last) >= Disuse || noon.Sub(d.Paired) >= Longest {
				t.Errorf("%+v", d)
			}
		}
		again, err := read(r.Content())
		if err != nil || len(again.Devices(noon)) != len(list) {
			t.Errorf("written and read again: %v", err)
		}
	})
}
