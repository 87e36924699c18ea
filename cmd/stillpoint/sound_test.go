package main

import (
	"math"
	"testing"
	"testing/synctest"
	"time"

	"stillpoint/internal/audio"
	"stillpoint/internal/room"
	"stillpoint/internal/script"
	"stillpoint/internal/session"
	"stillpoint/internal/timeline"
	"stillpoint/internal/transport"
)

// loudest is the highest sample of so much of the host's sound.
func loudest(h *hostSound, d time.Duration) (most float64) {
	block := make([][2]float64, 480)
	for range int(d / (10 * time.Millisecond)) {
		h.live.Stream(block)
		for _, f := range block {
			most = max(most, math.Abs(f[0]))
		}
		time.Sleep(10 * time.Millisecond) // of the bubble
	}
	return most
}

// TestAStopEndsATrial, also in a room where nothing is loaded; somebody who joins
// does not.
func TestAStopEndsATrial(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		house := room.New(room.Config{Store: room.NewMemory(), Host: func() bool { return true }})
		defer house.Close()
		home, err := house.Room(room.Home)
		if err != nil {
			t.Fatal(err)
		}
		join := func() *room.Seat {
			s, err := home.Join(room.Hello{Role: session.Guide})
			if err != nil {
				t.Fatal(err)
			}
			go func() {
				for range s.Updates() {
				}
			}()
			return s
		}
		guide := join()
		h := &hostSound{bank: audio.NewBank()}
		go h.follow(t.Context(), house)
		synctest.Wait()
		if _, err := guide.Do(t.Context(), session.Command{ID: "b", Do: session.Bell}); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if loudest(h, time.Second) == 0 {
			t.Fatal("no bell rings")
		}
		join()
		synctest.Wait()
		if loudest(h, time.Second) == 0 {
			t.Error("somebody who joins ends the bell")
		}
		if _, err := guide.Do(t.Context(), session.Command{ID: "s", Do: session.Stop}); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		loudest(h, 100*time.Millisecond)
		if got := loudest(h, time.Second); got > 0 {
			t.Errorf("the bell rings on at %g after a stop", got)
		}
	})
}

// TestAPauseDoesNotWaitForAScore: while another score is made, which a long script
// takes a while for, the former goes on and halts at once.
func TestAPauseDoesNotWaitForAScore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hum := make([]int16, 60*48000)
		for i := range hum {
			hum[i] = int16(8000 * math.Sin(float64(i)/40))
		}
		slow := make(chan struct{})
		close(slow)
		bank := audio.NewBank()
		bank.Speech = func(timeline.Line) []int16 {
			<-slow
			return hum
		}
		house := room.New(room.Config{
			Store: room.NewMemory(), Speech: func(timeline.Line) time.Duration { return time.Minute },
			Script: func(string) (*script.Script, error) { return script.Parse("hum.txt", "title: Hum\n\nHum.\n") },
			Host:   func() bool { return true },
		})
		defer house.Close()
		home, err := house.Room(room.Home)
		if err != nil {
			t.Fatal(err)
		}
		guide, err := home.Join(room.Hello{Role: session.Guide})
		if err != nil {
			t.Fatal(err)
		}
		go func() {
			for range guide.Updates() {
			}
		}()
		h := &hostSound{bank: bank}
		go h.follow(t.Context(), house)
		do := func(c session.Command) {
			t.Helper()
			if _, err := guide.Do(t.Context(), c); err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
		}
		do(session.Command{Do: session.Load, Script: "hum"})
		do(session.Command{Do: session.Start})
		if loudest(h, 5*time.Second) < 0.1 {
			t.Fatal("nothing sounds")
		}
		slow = make(chan struct{})
		mix := session.EvenMix()
		mix.Voice = 40
		do(session.Command{Do: session.SetMix, Mix: mix})
		if loudest(h, time.Second) < 0.1 {
			t.Error("what sounded does not go on while another score is made")
		}
		do(session.Command{Do: session.Pause})
		loudest(h, 100*time.Millisecond)
		if got := loudest(h, time.Second); got > 0 {
			t.Errorf("it sounds on at %g while a score is made", got)
		}
		close(slow)
		synctest.Wait()
		do(session.Command{Do: session.Resume})
		if loudest(h, 5*time.Second) < 0.02 {
			t.Error("nothing sounds after it is made")
		}
	})
}

// place is a house with a speaker, where all that is said hums.
func place(t *testing.T) (*room.House, *hostSound) {
	t.Helper()
	hum := make([]int16, 30*60*48000)
	for i := range hum {
		hum[i] = int16(8000 * math.Sin(float64(i)/40))
	}
	h := &hostSound{bank: audio.NewBank()}
	h.bank.Speech = func(timeline.Line) []int16 { return hum }
	house := room.New(room.Config{
		Store: room.NewMemory(), Speech: func(timeline.Line) time.Duration { return 30 * time.Minute },
		Script: func(string) (*script.Script, error) { return script.Parse("hum.txt", "title: Hum\n\nHum.\n") },
		Host:   func() bool { return true },
	})
	t.Cleanup(house.Close)
	go h.follow(t.Context(), house)
	synctest.Wait()
	return house, h
}

// guideIn is a guide of a room.
func guideIn(t *testing.T, house *room.House, name string) func(...session.Command) error {
	t.Helper()
	in, err := house.Room(name)
	if err != nil {
		t.Fatal(err)
	}
	guide, err := in.Join(room.Hello{Role: session.Guide})
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		for range guide.Updates() {
		}
	}()
	return func(all ...session.Command) (err error) {
		for _, c := range all {
			if _, err = guide.Do(t.Context(), c); err != nil {
				break
			}
			synctest.Wait()
		}
		return err
	}
}

var playHum = []session.Command{{Do: session.Load, Script: "hum"}, {Do: session.Start}}

// TestTheSpeakerGoesFromRoomToRoom: it sounds in one at a time, is not taken from a
// session, and the revisions of one room mean nothing to the next.
func TestTheSpeakerGoesFromRoomToRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		house, h := place(t)
		home, garden := guideIn(t, house, room.Home), guideIn(t, house, "garden")
		if err := home(playHum...); err != nil {
			t.Fatal(err)
		}
		for range 20 { // this room has a long history
			home(session.Command{Do: session.Pause}, session.Command{Do: session.Resume})
		}
		if loudest(h, 5*time.Second) < 0.1 {
			t.Fatal("nothing sounds at home")
		}
		if err := house.MoveHost("garden"); err == nil {
			t.Fatal("it was taken from a session")
		}
		if err := garden(playHum...); err != nil {
			t.Fatal(err)
		}
		if err := garden(session.Command{Do: session.Sound, To: room.OnHost}); err == nil {
			t.Error("a room has a speaker that is elsewhere")
		}
		home(session.Command{Do: session.Pause})
		loudest(h, 100*time.Millisecond)
		if err := house.MoveHost("garden"); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if first := loudest(h, 100*time.Millisecond); first > 0.02 {
			t.Errorf("in the midst of a session it begins at %g", first)
		}
		if loudest(h, 5*time.Second) < 0.1 {
			t.Error("nothing sounds in the garden")
		}
		home(session.Command{Do: session.Resume})
		garden(session.Command{Do: session.Pause})
		loudest(h, 100*time.Millisecond)
		if got := loudest(h, 5*time.Second); got > 0 {
			t.Errorf("the room it left sounds at %g", got)
		}
	})
}

// TestTheSpeakerTakesUpASessionSoftly, which was heard elsewhere until now.
func TestTheSpeakerTakesUpASessionSoftly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		house, h := place(t)
		home := guideIn(t, house, room.Home)
		home(session.Command{Do: session.Sound, To: "none"})
		if err := home(playHum...); err != nil {
			t.Fatal(err)
		}
		if got := loudest(h, time.Minute); got > 0 {
			t.Errorf("it sounds at %g", got)
		}
		home(session.Command{Do: session.Sound, To: room.OnHost})
		if first := loudest(h, 100*time.Millisecond); first > 0.02 {
			t.Errorf("it begins at %g", first)
		}
		if loudest(h, 3*time.Second) < 0.1 {
			t.Error("nothing sounds")
		}
	})
}

// It comes in slowly in the midst of a session, however much is changed while its
// score is made.
func TestItComesInSlowlyWhateverChangesMeanwhile(t *testing.T) {
	h := heard{bank: newBank((&call{}).voices(t.TempDir())), made: make(chan made, 1)}
	house := room.New(room.Config{Store: room.NewMemory()})
	defer house.Close()
	s := session.State{ID: "a", Rev: 5, Timeline: &timeline.Timeline{Length: time.Minute}, Transport: transport.Play(0, 0)}
	h.take(room.Update{Rev: 5, Transport: &s, People: &room.People{Sound: room.OnHost}})
	if p := h.play(house); p.Score != nil {
		t.Fatal("there is a score before it is made")
	}
	longer := s
	longer.Rev = 6
	h.take(room.Update{Rev: 6, Transport: &longer})
	h.finish(<-h.made)
	if p := h.play(house); p.Score == nil || !p.Joins {
		t.Errorf("it comes in at once: %+v", p)
	}
	moved := s
	moved.Rev = 7
	h.take(room.Update{Rev: 7, Transport: &moved})
	if h.play(house).Joins {
		t.Error("what it has been heard in it joins again")
	}
}
