package server

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"stillpoint/internal/room"
	"stillpoint/internal/session"
)

// roomsFile is where the treatment rooms are kept, in the person's folder.
const roomsFile = "rooms.json"

// unread is the ending of a file that could not be read.
const unread = ".unread"

// Bounds of the rooms of a practice.
const (
	maxMade      = room.MaxRooms - 1 // beside home
	maxRoomID    = 32
	maxRoomsFile = 32 << 10
)

// Rooms is the treatment rooms of a practice: what each is called, which script is
// planned there, where the host's speaker is, and what there has been today. Safe
// for concurrent use.
type Rooms struct {
	file  string // "" keeps nothing
	today today
	led   led

	disk sync.Mutex // held while they are changed
	mu   sync.Mutex
	practice
}

// practice is what is kept of the rooms. It is never changed in place.
type practice struct {
	Rooms []madeRoom `json:"rooms"`
	Host  string     `json:"host,omitempty"` // the room that has the host's speaker; "": home
}

// madeRoom is one treatment room. Its id, which stands in addresses, is made of its
// first name and stays.
type madeRoom struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Plan string `json:"plan,omitempty"` // the id of a script
}

// OpenRooms is the rooms as they were kept in a folder, or none. A file that cannot
// be read whole is an error beside no rooms, and is put beside, to be mended.
func OpenRooms(folder string) (*Rooms, error) {
	r := &Rooms{}
	if folder == "" {
		return r, nil
	}
	r.file = filepath.Join(folder, roomsFile)
	room.DropDrafts(folder)
	file, err := os.Open(r.file)
	if errors.Is(err, fs.ErrNotExist) {
		return r, nil
	}
	if err != nil {
		return r, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxRoomsFile+1))
	if err == nil {
		r.practice, err = readPractice(text)
	}
	if err != nil {
		err = fmt.Errorf("read %s, which is %s now: %w", r.file, filepath.Base(r.file+unread), errors.Join(err, os.Rename(r.file, r.file+unread)))
	}
	return r, err
}

// readPractice reads the content of a file, which may be anything.
func readPractice(text []byte) (practice, error) {
	var p practice
	if len(text) > maxRoomsFile {
		return practice{}, errors.New("it is too long to be a list of rooms")
	}
	if err := json.Unmarshal(text, &p); err != nil {
		return practice{}, err
	}
	known := practice{}
	for _, one := range p.Rooms {
		if err := known.mayHave(one); err != nil {
			return practice{}, err
		}
		known.Rooms = append(known.Rooms, one)
	}
	if known.find(p.Host) >= 0 {
		known.Host = p.Host
	}
	return known, nil
}

// mayHave says why a room cannot be one more.
func (p practice) mayHave(one madeRoom) error {
	switch {
	case len(p.Rooms) >= maxMade:
		return errors.New("it has more rooms than there can be")
	case one.ID == room.Home || !room.ValidName(one.ID) || p.find(one.ID) >= 0:
		return fmt.Errorf("%q is no id that a room of it can have", one.ID)
	case one.Name == "" || one.Name != room.CleanName(one.Name) || len(one.Plan) > maxPlanned:
		return fmt.Errorf("the room %q has no name, or a name or plan that a room cannot have", one.ID)
	}
	return nil
}

func (p practice) find(id string) int {
	return slices.IndexFunc(p.Rooms, func(one madeRoom) bool { return one.ID == id })
}

// idFor makes an id of a name: “Room 2” is "room-2".
func (p practice) idFor(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(c rune) bool { return (c < 'a' || c > 'z') && (c < '0' || c > '9') })
	base := cmp.Or(strings.Join(words, "-"), "room")
	base = strings.Trim(base[:min(len(base), maxRoomID-3)], "-")
	for n, id := 2, base; ; n++ {
		if id != room.Home && p.find(id) < 0 {
			return id
		}
		id = fmt.Sprintf("%s-%d", base, n)
	}
}

// all is every room, in the order they were made.
func (r *Rooms) all() practice {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.practice
}

// has says whether there is a room of an id.
func (r *Rooms) has(id string) bool { return r.all().find(id) >= 0 }

// Host is the room that the host's speaker was in; "" for home.
func (r *Rooms) Host() string { return r.all().Host }

// Left is those among names that are rooms still.
func (r *Rooms) Left(names []string) (left []string) {
	for _, name := range names {
		if r.has(name) {
			left = append(left, name)
		}
	}
	return left
}

// Happened follows what there is in the rooms, as room.Config.Happened.
func (r *Rooms) Happened(name string, e session.Event, after session.State) {
	if name != room.Home {
		r.today.happened(name, e, after, time.Now())
		r.led.in(name).Happened(e, after)
	}
}

// change makes the rooms otherwise. They are so on the disk first, and what could
// not be kept is not done.
func (r *Rooms) change(do func(*practice) error) error {
	r.disk.Lock()
	defer r.disk.Unlock()
	next := r.all()
	next.Rooms = slices.Clone(next.Rooms)
	if err := do(&next); err != nil {
		return err
	}
	return r.become(next)
}

// become keeps the rooms as they are to be, and has them so. The disk's lock is held.
func (r *Rooms) become(next practice) error {
	if err := r.save(next); err != nil {
		return fmt.Errorf("%w: %w", errUnkept, err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.practice = next
	return nil
}

// errUnkept is a change that the disk would not take.
var errUnkept = errors.New("the rooms could not be kept")

func (r *Rooms) save(p practice) error {
	if r.file == "" {
		return nil
	}
	text, err := json.MarshalIndent(p, "", "\t")
	if err != nil {
		return err
	}
	return room.WriteWhole(r.file, append(text, '\n'), time.Now())
}

// make is one more room.
func (r *Rooms) make(name string) (made madeRoom, err error) {
	return made, r.change(func(p *practice) error {
		if len(p.Rooms) >= maxMade {
			return &session.Refusal{Code: session.Full, Text: "There are as many rooms as Stillpoint can hold. You might take one away first."}
		}
		made = madeRoom{ID: p.idFor(name), Name: name}
		p.Rooms = append(p.Rooms, made)
		return nil
	})
}

// alter makes something about a room otherwise.
func (r *Rooms) alter(id string, do func(*madeRoom)) error {
	return r.change(func(p *practice) error {
		i := p.find(id)
		if i < 0 {
			return noRoom()
		}
		do(&p.Rooms[i])
		return nil
	})
}

// takeAway is one room less: on the disk first, and closed only then, so that what
// could not be kept has taken nothing from anybody. Where it does not close, it is
// there again.
func (r *Rooms) takeAway(id string, closing func() error) error {
	r.disk.Lock()
	defer r.disk.Unlock()
	was := r.all()
	if was.find(id) < 0 {
		return noRoom()
	}
	if err := r.become(was.without(id)); err != nil {
		return err
	}
	err := closing()
	if err == nil {
		return nil
	}
	return errors.Join(err, r.become(was))
}

func (p practice) without(id string) practice {
	p.Rooms = slices.DeleteFunc(slices.Clone(p.Rooms), func(one madeRoom) bool { return one.ID == id })
	if p.Host == id {
		p.Host = ""
	}
	return p
}

// hostIs notes where the host's speaker is now.
func (r *Rooms) hostIs(id string) error {
	return r.change(func(p *practice) error {
		if p.Host = id; id == room.Home {
			p.Host = ""
		}
		return nil
	})
}

// notThere is the code of what is not here, or not any more.
const notThere = "not-found"

func noRoom() error {
	return &session.Refusal{Code: notThere, Text: "This room is not here any more. You might choose another, or make one of its name."}
}
