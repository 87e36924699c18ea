package journal

import (
	"context"
	"database/sql"
)

// Marks is every entry as pictures need them: the same place of each list is the
// same entry, the oldest first. It judges nothing.
type Marks struct {
	Began   []int64  `json:"began"`   // ms since 1970
	Zone    []int    `json:"zone"`    // minutes east of UTC
	Minutes []int    `json:"minutes"` // practised, to the nearest
	Kind    []string `json:"kind"`
	Before  Numbers  `json:"before"`
	After   Numbers  `json:"after"`

	// How often each region was noted.
	Regions struct {
		Before map[string]int `json:"before"`
		After  map[string]int `json:"after"`
	} `json:"regions"`
}

// Numbers are those that were given; null where none was.
type Numbers struct {
	Comfort  []*int `json:"comfort"`
	Tension  []*int `json:"tension"`
	Distress []*int `json:"distress"`
}

func newMarks() Marks {
	none := func() Numbers { return Numbers{[]*int{}, []*int{}, []*int{}} }
	m := Marks{Began: []int64{}, Zone: []int{}, Minutes: []int{}, Kind: []string{}, Before: none(), After: none()}
	m.Regions.Before, m.Regions.After = map[string]int{}, map[string]int{}
	return m
}

// Marks reads all entries in one go.
func (j *Journal) Marks(ctx context.Context) (Marks, error) {
	m := newMarks()
	err := j.use(ctx, func(db *sql.DB) error {
		rows, err := db.QueryContext(ctx, `SELECT e.began, e.zone, (e.practised + 30000) / 60000, e.kind,
			b.comfort, b.tension, b.distress, ifnull(b.body, ''), a.comfort, a.tension, a.distress, ifnull(a.body, '')
			FROM entries e
			LEFT JOIN check_ins b ON b.entry = e.id AND b.moment = 'before'
			LEFT JOIN check_ins a ON a.entry = e.id AND a.moment = 'after' ORDER BY e.began, e.id`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			if err := m.add(rows); err != nil {
				return err
			}
		}
		return rows.Err()
	})
	return m, err
}

func (m *Marks) add(rows *sql.Rows) error {
	var began int64
	var zone, minutes int
	var kind string
	var b, a [3]*int
	var bodyBefore, bodyAfter string
	if err := rows.Scan(&began, &zone, &minutes, &kind, &b[0], &b[1], &b[2], &bodyBefore, &a[0], &a[1], &a[2], &bodyAfter); err != nil {
		return err
	}
	m.Began, m.Zone, m.Minutes, m.Kind = append(m.Began, began), append(m.Zone, zone), append(m.Minutes, minutes), append(m.Kind, kind)
	m.Before.add(b)
	m.After.add(a)
	if err := count(m.Regions.Before, bodyBefore); err != nil {
		return err
	}
	return count(m.Regions.After, bodyAfter)
}

func (n *Numbers) add(v [3]*int) {
	n.Comfort, n.Tension, n.Distress = append(n.Comfort, v[0]), append(n.Tension, v[1]), append(n.Distress, v[2])
}

func count(regions map[string]int, body string) error {
	noted, err := bodyFrom(body)
	for key := range noted {
		regions[key]++
	}
	return err
}
