package room

import (
	"slices"
	"testing"

	"stillpoint/internal/session"
)

// trials is what a device was asked to sound, of what lies waiting.
func trials(updates <-chan Update) (list []Trial) {
	for len(updates) > 0 {
		if u := <-updates; u.Trial != nil {
			list = append(list, *u.Trial)
		}
	}
	return list
}

// TestWhatIsTriedOnADevice: it hears of it, nobody else does, and anyone ends it.
func TestWhatIsTriedOnADevice(t *testing.T) {
	for _, halt := range []session.Command{{Do: session.Pause}, {Do: session.Stop}, {Do: session.Ground}} {
		bubble(t, func(t *testing.T) {
			there := true
			r := roomOf(t, open(t, NewMemory(), host(&there)), Home)
			watched := r.Watch(t.Context())
			guide, box, other := join(t, r, session.Guide), join(t, r, session.Display), join(t, r, session.Guest)
			do(t, box, session.Command{Do: session.Arm, On: true})
			do(t, guide, session.Command{Do: session.Sound, To: box.ID})
			do(t, guide, session.Command{Do: session.Bell, Voice: "amy", Language: "en"})
			if got := trials(box.Updates()); len(got) != 1 || got[0] != (Trial{}) {
				t.Errorf("the display is asked for %+v", got)
			}
			do(t, other, halt)
			do(t, other, halt)
			if got := trials(box.Updates()); len(got) != 1 || got[0] != (Trial{Over: true}) {
				t.Errorf("after a %s it is asked for %+v", halt.Do, got)
			}
			if got := slices.Concat(trials(guide.Updates()), trials(other.Updates()), trials(watched)); len(got) > 0 {
				t.Errorf("others are asked for %+v", got)
			}
		})
	}
}

func TestAVoiceIsTriedOnAGuidesDevice(t *testing.T) {
	bubble(t, func(t *testing.T) {
		r := roomOf(t, open(t, NewMemory()), Home)
		guide, box := join(t, r, session.Guide), join(t, r, session.Guide)
		do(t, box, session.Command{Do: session.Arm, On: true})
		do(t, guide, session.Command{Do: session.Sound, To: box.ID})
		do(t, guide, session.Command{Do: session.Bell, Voice: "amy", Language: "en"})
		if got := trials(box.Updates()); len(got) != 1 || got[0] != (Trial{Voice: "amy", Language: "en"}) {
			t.Errorf("it is asked for %+v", got)
		}
		box.Leave()
		do(t, guide, session.Command{Do: session.Stop}) // nobody is there to be told
	})
}

// TestADeviceThatNobodyTappedCannotBeTried, and the guide hears why.
func TestADeviceThatNobodyTappedCannotBeTried(t *testing.T) {
	bubble(t, func(t *testing.T) {
		r := roomOf(t, open(t, NewMemory()), Home)
		guide, box := join(t, r, session.Guide), join(t, r, session.Guest)
		do(t, box, session.Command{Do: session.Sound, To: "me"})
		if _, err := guide.Do(t.Context(), session.Command{Do: session.Bell}); codeOf(err) != session.NotNow {
			t.Errorf("%v", err)
		}
		begin(t, guide, "short")
		do(t, box, session.Command{Do: session.Arm, On: true})
		if _, err := guide.Do(t.Context(), session.Command{Do: session.Bell}); codeOf(err) != session.NotNow {
			t.Errorf("while it plays: %v", err)
		}
	})
}

// Nothing is tried in the silence that somebody asked for, unless they agree.
func TestNothingIsTriedWhereSomebodyHalted(t *testing.T) {
	bubble(t, func(t *testing.T) {
		r := roomOf(t, open(t, NewMemory()), Home)
		guide, guest := join(t, r, session.Guide), join(t, r, session.Guest)
		begin(t, guide, "short")
		do(t, guest, session.Command{Do: session.Stop})
		do(t, guest, session.Command{Do: session.Arm, On: true})
		do(t, guest, session.Command{Do: session.Sound, To: "me"})
		if _, err := guide.Do(t.Context(), session.Command{Do: session.Bell}); codeOf(err) != session.NeedsAgreement {
			t.Errorf("the bell: %v", err)
		}
		if got := trials(guest.Updates()); len(got) > 0 {
			t.Errorf("the guest hears %+v", got)
		}
		do(t, guide, session.Command{Do: session.Bell, Agreed: true})
	})
}

// What is refused says what it was.
func TestWhoseItIs(t *testing.T) {
	bubble(t, func(t *testing.T) {
		r := roomOf(t, open(t, NewMemory()), Home)
		guest, remote := join(t, r, session.Guest), join(t, r, session.Remote)
		for _, tt := range []struct {
			seat *Seat
			do   session.Verb
			want string
		}{
			{guest, session.SetShow, "Choosing what the screens show is the guide’s. You can pause and stop."},
			{guest, session.SetMix, "Choosing the room’s sound is the guide’s. You can pause and stop."},
			{remote, session.Load, "Choosing what is practised is the guide’s. This remote can pause and stop, and go to the next part."},
		} {
			if _, err := tt.seat.Do(t.Context(), session.Command{Do: tt.do}); codeOf(err) != session.NotAllowed || err.Error() != tt.want {
				t.Errorf("%s: %v", tt.do, err)
			}
		}
	})
}
