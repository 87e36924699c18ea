package script

import "strings"

// Region is a part of the body from the canonical list, on one side or both.
type Region struct {
	ID   string // "sole"
	Side Side
}

// Side is which side of the body; the zero Side is both, or the midline.
type Side string

// The sides.
const (
	Both  Side = ""
	Left  Side = "left"
	Right Side = "right"
)

// Key is the region's form on the wire and in settings: "sole", "sole.left".
func (r Region) Key() string {
	if r.Side == Both {
		return r.ID
	}
	return r.ID + "." + string(r.Side)
}

// Covers says whether leaving r out leaves o out too: the same part, and r is
// both sides or the same side.
func (r Region) Covers(o Region) bool {
	return r.ID == o.ID && (r.Side == Both || r.Side == o.Side)
}

// Touches says whether r and o share any part of the body.
func (r Region) Touches(o Region) bool {
	return r.ID == o.ID && (r.Side == Both || o.Side == Both || r.Side == o.Side)
}

// Regions is the canonical list, each on both sides or the midline, from the
// ground upwards.
func Regions() []Region {
	all := make([]Region, len(parts))
	for i, p := range parts {
		all[i] = Region{ID: p.id}
	}
	return all
}

// RegionByKey reads the form on the wire: "sole", "sole.left". A side of a
// region on the midline is not a region.
func RegionByKey(key string) (Region, bool) {
	id, side, sided := strings.Cut(key, ".")
	p, ok := partByID(id)
	if !ok || sided && (!p.paired || side != string(Left) && side != string(Right)) {
		return Region{}, false
	}
	return Region{ID: id, Side: Side(side)}, true
}

// String is the region in plain words, as a script and a screen write it:
// "soles", "left sole", "belly". ParseRegions reads it back.
func (r Region) String() string {
	p, ok := partByID(r.ID)
	switch {
	case !ok:
		return r.Key()
	case r.Side == Both:
		return p.many
	case p.sided != "":
		return strings.Replace(p.sided, "%", string(r.Side), 1)
	}
	return string(r.Side) + " " + p.one
}

// Name is what a list of regions calls it, sides apart: "sole of foot".
func (r Region) Name() string {
	p, _ := partByID(r.ID)
	return p.name
}

// OptIn says whether the region is only ever offered to someone who asked for it.
func (r Region) OptIn() bool {
	p, _ := partByID(r.ID)
	return p.optIn
}

// Paired says whether the region has a left and a right.
func (r Region) Paired() bool {
	p, _ := partByID(r.ID)
	return p.paired
}

// Front says whether the region is seen from the front, palms forward.
func (r Region) Front() bool {
	p, _ := partByID(r.ID)
	return strings.Contains(p.views, "F")
}

// Back says whether the region is seen from the back.
func (r Region) Back() bool {
	p, _ := partByID(r.ID)
	return strings.Contains(p.views, "B")
}
