package library

import (
	"fmt"
	"strconv"
	"strings"

	"stillpoint/internal/script"
)

// described is how a composed script is called in one language, and what is coming
// in it. `%s` is a number as it is written there, `%d` one that is whole.
type described struct {
	names                map[string]string // of the patterns; nil: as the table of patterns has them
	theBreath, roundOf   string            // sections
	ownTo, at, fromTo    string            // titles of a ramp
	phases               map[script.PhaseKind]string
	point                string // of a decimal
	paced, pacedSettling string
	asItComes, settling  string
	once, times          string
	between              string // of rounds
	noHolds, holds       string
	noBells, bells       string
}

func (d *described) title(b script.Breathe) string {
	switch {
	case b.Ramp == nil && b.Pattern.Name != "":
		return d.name(b.Pattern)
	case b.Ramp == nil:
		return d.inSeconds(b.Pattern)
	case b.Ramp.From == 0:
		return fmt.Sprintf(d.ownTo, d.number(b.Ramp.To))
	case b.Ramp.From == b.Ramp.To:
		return fmt.Sprintf(d.at, d.number(b.Ramp.To))
	}
	return fmt.Sprintf(d.fromTo, d.number(b.Ramp.From), d.number(b.Ramp.To))
}

func (d *described) name(p script.Pattern) string {
	if name, ok := d.names[p.ID]; ok {
		return name
	}
	return p.Name
}

func (d *described) round(i, n int) string {
	if n == 1 {
		return d.theBreath
	}
	return fmt.Sprintf(d.roundOf, i, n)
}

// inSeconds is "4 in, hold 2, 6 out".
func (d *described) inSeconds(p script.Pattern) string {
	parts := make([]string, len(p.Phases))
	for i, ph := range p.Phases {
		parts[i] = fmt.Sprintf(d.phases[ph.Kind], d.number(ph.Length.Seconds()))
	}
	return strings.Join(parts, ", ")
}

func (d *described) summary(b script.Breathe, rounds int, settling bool) string {
	what := d.what(b, settling)
	if b.Ramp == nil && b.Paced() {
		what += ", " + d.inSeconds(b.Pattern) + ", " + d.count(breathsIn(b))
	}
	if rounds > 1 {
		what += ", " + fmt.Sprintf(d.between, rounds)
	}
	holds, bells := d.noHolds, d.bells
	if b.Pattern.Holds() {
		holds = d.holds
	}
	if rounds == 1 {
		bells = d.noBells
	}
	return what + "; " + holds + ", " + bells + "."
}

func (d *described) what(b script.Breathe, settling bool) string {
	switch {
	case settling && b.Paced():
		return d.pacedSettling
	case settling:
		return d.settling
	case b.Paced():
		return d.paced
	}
	return d.asItComes
}

func (d *described) count(breaths int) string {
	if breaths == 1 {
		return d.once
	}
	return fmt.Sprintf(d.times, breaths)
}

// number has no more places than it needs: "4", "5.5".
func (d *described) number(n float64) string {
	return strings.Replace(strconv.FormatFloat(n, 'f', -1, 64), ".", d.point, 1)
}
