package room

import (
	"slices"

	"stillpoint/internal/session"
)

// ClientOut pauses what plays when those participants, whose devices were taken out,
// were the last clients here: nobody who lies there could stop it any more. It asks
// nobody's agreement, for nobody's halt it is.
func (r *Room) ClientOut(ids ...string) {
	client := func(p Person) bool { return p.Role == session.Guest || p.Role == session.Display }
	r.ask(r.ctx, ask{do: func() {
		if !slices.ContainsFunc(r.here.People, func(p Person) bool { return client(p) && !slices.Contains(ids, p.ID) }) {
			r.execute(session.Command{Do: session.Out}, r.now)
		}
	}})
}
