package pairing

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"stillpoint/internal/session"
)

// File keeps the devices of a register between runs, in a file for this person
// alone. Of a secret it has a sum, and of invitations nothing. "" keeps nothing.
type File string

// maxFile is more than MaxDevices take.
const maxFile = 96 << 10

// row is one device in the file. Times are in ms since 1970.
type row struct {
	ID     string       `json:"id"`
	Name   string       `json:"name"`
	Role   session.Role `json:"role"`
	Room   string       `json:"room"`
	Plain  bool         `json:"plain,omitempty"`
	By     string       `json:"by,omitempty"`
	ByName string       `json:"byName,omitempty"`
	Paired int64        `json:"paired"`
	Last   int64        `json:"last"`
	Sum    string       `json:"sum"`
}

// page is the whole file.
type page struct {
	Devices []row `json:"devices"`
}

// Load is the register as it was kept, whatever the clock says now; an empty one where there is no file. A file
// that cannot be read whole lets nobody in: the register is empty, and there is an
// error beside it.
func (f File) Load() (*Register, error) {
	if f == "" {
		return New(), nil
	}
	file, err := os.Open(string(f))
	if errors.Is(err, fs.ErrNotExist) {
		return New(), nil
	}
	if err != nil {
		return New(), err
	}
	defer file.Close()
	body, err := io.ReadAll(io.LimitReader(file, maxFile+1))
	if err != nil {
		return New(), fmt.Errorf("read %s: %w", f, err)
	}
	r, err := read(body)
	if err != nil {
		return New(), fmt.Errorf("read %s: %w", f, err)
	}
	return r, nil
}

// read makes a register of a file's content.
func read(body []byte) (*Register, error) {
	var p page
	if len(body) > maxFile {
		return nil, errors.New("it is too long to be a list of devices")
	}
	if err := json.Unmarshal(body, &p); err != nil {
		return nil, err
	}
	if len(p.Devices) > MaxDevices {
		return nil, fmt.Errorf("there are %d devices in it; the most is %d", len(p.Devices), MaxDevices)
	}
	r := New()
	for _, one := range p.Devices {
		k, err := one.device()
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(r.devices, func(o known) bool { return o.ID == k.ID }) {
			return nil, errors.New("two devices in it have the same id")
		}
		r.devices = append(r.devices, k)
	}
	return r, nil
}

// device reads a row.
func (one row) device() (k known, err error) {
	k.Device = Device{ID: one.ID, Name: one.Name, Role: one.Role, Room: one.Room, Plain: one.Plain, By: Inviter{one.By, one.ByName},
		Paired: time.UnixMilli(one.Paired), Last: time.UnixMilli(one.Last)}
	sum, err := hex.DecodeString(one.Sum)
	if err != nil || len(sum) != sha256.Size || k.ID == "" || len(k.ID) > 64 || len(one.By) > 64 || len([]rune(one.ByName)) > MaxName {
		return k, errors.New("a device in it has no id or no sum, or an inviter that is none")
	}
	copy(k.sum[:], sum)
	return k, k.check()
}

// Content is what Save writes, for an owner who must not hold the register up
// while a disk takes its time.
func (r *Register) Content() []byte {
	p := page{Devices: []row{}}
	for _, k := range r.devices {
		p.Devices = append(p.Devices, row{ID: k.ID, Name: k.Name, Role: k.Role, Room: k.Room, Plain: k.Plain, By: k.By.ID, ByName: k.By.Name,
			Paired: k.Paired.UnixMilli(), Last: k.Last.UnixMilli(), Sum: hex.EncodeToString(k.sum[:])})
	}
	body, _ := json.MarshalIndent(p, "", "\t") // strings, numbers and booleans
	return append(body, '\n')
}

// Save puts content in the place of the file, whole or not at all, and on the disk
// itself: who was put out stays out after the power has gone.
func (f File) Save(content []byte) (err error) {
	if f == "" {
		return nil
	}
	draft, err := os.CreateTemp(filepath.Dir(string(f)), ".devices-*") // for this person alone
	if err != nil {
		return err
	}
	_, err = draft.Write(content)
	if err == nil {
		err = draft.Sync()
	}
	if closed := draft.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(draft.Name(), string(f))
	}
	if err != nil {
		os.Remove(draft.Name())
	}
	return err
}
