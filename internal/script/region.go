package script

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
