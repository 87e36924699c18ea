package authority

import (
	"bytes"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestItIsKept: the same one is found again, in a file for one person alone, until
// its time is over.
func TestItIsKept(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "authority")
	a, err := Open(folder, "room.local", noon)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Open(folder, "another.local", noon.AddDate(1, 10, 0))
	if err != nil || again.Fingerprint() != a.Fingerprint() || again.Name() != "room.local" || !again.key.Equal(a.key) {
		t.Errorf("another after all: %v", err)
	}
	for path, want := range map[string]os.FileMode{folder: 0o700, filepath.Join(folder, fileName): 0o600} {
		if kept, err := os.Stat(path); err != nil || kept.Mode().Perm() != want {
			t.Errorf("%s: %v %v", path, kept.Mode(), err)
		}
	}
	if left, _ := os.ReadDir(folder); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
	renewed, err := Open(folder, "another.local", noon.AddDate(2, 0, 1))
	if err != nil || renewed.Fingerprint() == a.Fingerprint() || renewed.Name() != "another.local" {
		t.Errorf("after two years: %v", err)
	}
}

// TestRenewedInTime: weeks before its time is over another takes its place, and says so
// for as long as devices may trust the one before; one that cannot be kept does not.
func TestRenewedInTime(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "authority")
	a, err := Open(folder, "room.local", noon)
	if err != nil || !a.Renewed(noon).IsZero() {
		t.Fatalf("the first one took another’s place: %v", err)
	}
	soon := a.end().Add(-notice + time.Hour)
	if err := os.Chmod(folder, 0o500); err != nil {
		t.Fatal(err)
	}
	if os.Geteuid() != 0 { // whom no folder keeps out
		if same, err := Open(folder, "room.local", soon); err != nil || same.Fingerprint() != a.Fingerprint() {
			t.Errorf("where it cannot be kept: %v", err)
		}
	}
	if err := os.Chmod(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(folder, "room.local", soon); err != nil {
		t.Fatal(err)
	}
	again, err := Open(folder, "room.local", soon.Add(time.Hour))
	if err != nil || again.Fingerprint() == a.Fingerprint() || !again.Renewed(soon).Equal(soon) || !again.before.Equal(a.root) {
		t.Errorf("it is renewed at %v: %v", again.Renewed(soon), err)
	}
	if at := again.Renewed(soon.Add(notice)); !at.IsZero() {
		t.Errorf("weeks later it is new since %v", at)
	}
}

// TestWhatIsNotOneIsRefused in a sentence that names the file, and never mended by
// making another: devices trust the one there was.
func TestWhatIsNotOneIsRefused(t *testing.T) {
	fresh := func(name string) []byte {
		a, err := founded(name, noon)
		if err != nil {
			t.Fatal(err)
		}
		content, err := a.content()
		if err != nil {
			t.Fatal(err)
		}
		return content
	}
	good, other := fresh("room.local"), fresh("room.local")
	key, rest := pem.Decode(other)
	mixed := append(pem.EncodeToMemory(key), good[bytes.Index(good, []byte("-----BEGIN CERTIFICATE")):]...)
	for _, c := range []struct {
		name    string
		content []byte
		mode    os.FileMode
		says    string
	}{
		{"open to others", good, 0o640, "others on this computer may read it"},
		{"open to everyone", good, 0o604, "others on this computer may read it"},
		{"empty", nil, 0o600, "a key and two certificates"},
		{"cut short", good[:len(good)/2], 0o600, "a key and two certificates"},
		{"without its key", rest, 0o600, "a key and two certificates"},
		{"with another’s key", mixed, 0o600, "the key is another’s"},
		{"endless", bytes.Repeat(good, 20), 0o600, "too long"},
	} {
		t.Run(c.name, func(t *testing.T) {
			folder := t.TempDir()
			file := filepath.Join(folder, fileName)
			if err := os.WriteFile(file, c.content, 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(file, c.mode); err != nil {
				t.Fatal(err)
			}
			_, err := Open(folder, "room.local", noon)
			if err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), file) {
				t.Errorf("%v", err)
			}
			if left, _ := os.ReadFile(file); !bytes.Equal(left, c.content) {
				t.Error("the file is another now")
			}
		})
	}
	if _, err := Open(filepath.Join(t.TempDir(), "x", "\x00"), "", noon); err == nil {
		t.Error("a folder that cannot be is one")
	}
}

// FuzzRead: whatever stands in the file, it is an authority with limits or refused.
func FuzzRead(f *testing.F) {
	a, err := founded("room.local", time.Now())
	if err != nil {
		f.Fatal(err)
	}
	content, _ := a.content()
	f.Add(content)
	f.Add([]byte("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		if a, err := read(content); err == nil && (len(a.issuer.PermittedIPRanges) == 0 || a.Fingerprint() == "") {
			t.Error("an authority without limits")
		}
	})
}
