package main

import (
	"context"
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"stillpoint/internal/audio"
	"stillpoint/internal/room"
	"stillpoint/internal/session"
	"stillpoint/internal/speaker"
	"stillpoint/internal/timeline"
	"stillpoint/internal/transport"
	"stillpoint/internal/voice"
)

// hostSound is the host's own sound: one live stream that follows the room where the
// speaker is for as long as that room's sound is the host, and is silent otherwise.
type hostSound struct {
	bank  *audio.Bank
	live  audio.Live
	there atomic.Bool // a speaker is open
	over  atomic.Bool // nothing sounds any more

	// The rest is the follower's: revisions are a room's own, and the stream's only grow.
	base   int // of the stream, before the room that is followed
	newest int
}

// ready says whether there is a speaker to sound from.
func (h *hostSound) ready() bool { return h.there.Load() }

// keep holds the speaker open until ctx ends, says how that went, and tells its
// room when the speaker comes or goes.
func (h *hostSound) keep(ctx context.Context, name string, house *room.House, out io.Writer) {
	speaker.Keep(ctx, name, &h.live, func(s speaker.State) {
		h.there.Store(s.Ready)
		house.HostChanged()
		if s.Ready {
			fmt.Fprintf(out, "Sound comes from %s.\n", s.Name)
		} else {
			fmt.Fprintln(out, s.Why)
		}
	})
}

// farewell is how long the last fade takes to reach the ear.
const farewell = 200 * time.Millisecond

// hush silences the speaker for good.
func (h *hostSound) hush() {
	h.over.Store(true)
	h.live.Follow(audio.Play{})
}

// end lets what sounds fade before the speaker goes.
func (h *hostSound) end() {
	h.hush()
	if h.ready() {
		<-time.After(farewell)
	}
}

// again is how long it waits when the room of the speaker cannot be opened.
const again = time.Second

// follow hands every change of the room where the speaker is to the live stream,
// until ctx ends. Cut off for being slow, or because the speaker was moved, it is
// silent for an instant and takes the room up afresh.
func (h *hostSound) follow(ctx context.Context, house *room.House) {
	for ctx.Err() == nil {
		r, err := house.Room(house.HostIn())
		if err != nil {
			select {
			case <-time.After(again):
			case <-ctx.Done():
			}
			continue
		}
		heard := heard{bank: h.bank, made: make(chan made, 1)}
		h.watch(r.Watch(ctx), &heard, house)
		h.play(audio.Play{})
		h.base = h.newest
	}
}

// watch lasts until updates end. It never waits for a score: a pause that comes
// while one is made is heard at once.
func (h *hostSound) watch(updates <-chan room.Update, heard *heard, house *room.House) {
	last, rev := audio.Play{}, 0
	for {
		news := false // a change of the session, or a halt, which ends a trial too
		select {
		case u, ok := <-updates:
			if !ok {
				return
			}
			if u.Trial != nil {
				h.play(heard.trial(u.Trial))
				continue
			}
			heard.take(u)
			news, rev = u.Rev != rev, u.Rev
		case m := <-heard.made:
			heard.finish(m)
		}
		// Somebody who only comes or goes does not end what is being tried.
		if p := heard.play(house); news || p != last {
			h.play(p)
			last = p
		}
	}
}

// play is heard from now on, unless everything is over: a play that was on its
// way then is silenced again behind itself.
func (h *hostSound) play(p audio.Play) {
	if p.Rev > 0 {
		p.Rev += h.base
		h.newest = max(h.newest, p.Rev)
	}
	h.live.Follow(p)
	if h.over.Load() {
		h.live.Follow(audio.Play{})
	}
}

// heard is what the host's sound knows of the room.
type heard struct {
	bank  *audio.Bank
	state *session.State // nil: nothing is loaded
	ours  bool           // the room's sound is the host
	joins bool           // it became so in the midst of a session, and has not been heard since
	from  int            // revision at which it is first heard then
	mix   audio.Mix
	made  chan made // has room for the one score that is being made
	busy  bool      // one is
	score made
}

// made is a score and what it was made of.
type made struct {
	*audio.Score
	session  string
	timeline *timeline.Timeline
	mix      audio.Mix
}

// take remembers what an update says.
func (h *heard) take(u room.Update) {
	if u.Transport != nil {
		h.state = u.Transport
	}
	if u.People != nil {
		ours := u.People.Sound == room.OnHost
		if ours && !h.ours {
			h.joins, h.from = true, 0
		}
		h.ours, h.mix = ours, u.People.Mix
	}
	if h.state == nil || h.state.Transport.State != transport.Playing {
		h.joins, h.from = false, 0 // what is halted begins again as ever
	}
}

// finish takes up a score that was being made.
func (h *heard) finish(m made) { h.score, h.busy = m, false }

// play is what is to be heard now. A changed plan or mix sounds when its score is
// made; until then the former one of the same session goes on, and halts.
func (h *heard) play(house *room.House) audio.Play {
	if h.state == nil || !h.ours {
		return audio.Play{}
	}
	s := h.state
	if (h.score.timeline != s.Timeline || h.score.mix != h.mix) && !h.busy {
		h.busy = true
		go func(m made) {
			m.Score = h.bank.Score(m.timeline, m.mix)
			h.made <- m
		}(made{session: s.ID, timeline: s.Timeline, mix: h.mix})
	}
	if h.score.session != s.ID {
		return audio.Play{Rev: s.Rev}
	}
	if h.joins {
		h.joins, h.from = false, s.Rev // as soon as there is anything to hear
	}
	t := s.Transport
	return audio.Play{Score: h.score.Score, State: t.State, Position: t.Position, At: house.Time(t.At), Until: s.Timeline.Until(t.Position), Rev: s.Rev,
		Joins: h.from > 0 && s.Rev == h.from}
}

// trial is the quiet bell of the sound check, or a few words of a voice, at once.
func (h *heard) trial(t *room.Trial) audio.Play {
	score := h.bank.Bell(h.mix.Bells)
	if t.Voice != "" {
		score = h.bank.Words(timeline.Line{Text: voice.Sample(t.Language), Language: t.Language, Voice: t.Voice}, h.mix.Voice)
	}
	return audio.Play{Score: score.Within(h.mix), State: transport.Playing, At: time.Now(), Until: time.Minute}
}
