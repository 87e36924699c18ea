package audio

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"stillpoint/internal/timeline"
	"stillpoint/internal/transport"
)

// low is a minute of every kind of sound at once, all of it below 2 kHz by the
// time it has sounded for four seconds: what is above is a click.
func low() *timeline.Timeline {
	t := &timeline.Timeline{Length: time.Minute, Cues: []timeline.Cue{{Kind: timeline.Ambience, Name: "drone"}}}
	for at := time.Duration(0); at < t.Length; at += 20 * time.Second {
		t.Cues = append(t.Cues,
			timeline.Cue{Kind: timeline.Bell, At: at, Name: "low"},
			timeline.Cue{Kind: timeline.Say, At: at + time.Second, Length: 10 * time.Second, Text: "long"},
			timeline.Cue{Kind: timeline.Inhale, At: at + time.Second, Length: 9 * time.Second},
			timeline.Cue{Kind: timeline.Exhale, At: at + 10*time.Second, Length: 9 * time.Second})
	}
	return t
}

// mixed is the same minute in another mix.
func mixed(m Mix) *Score { return speaking().Score(minute, m) }

var minute = low()

// sharp is what is above 2 kHz in a wave in the 100 ms where it is most, in dB of
// what is in the 100 ms where that is most.
func sharp(wave [][2]float64) float64 {
	most, sum, whole := 0.0, 0.0, 0.0
	var stages [4]section
	for i, q := range []float64{0.5098, 0.6013, 0.9000, 2.5629} { // Butterworth, eighth order
		stages[i] = highPass(2000, q)
	}
	for i, f := range wave {
		x := f[0]
		for k := range stages {
			x = stages[k].next(x)
		}
		if sum += x * x; (i+1)%(Rate/10) == 0 {
			if i >= Rate/10 { // the filter has settled
				most = max(most, sum)
			}
			all := rmsOf(wave[i+1-Rate/10 : i+1])
			whole = max(whole, all*all*Rate/10)
			sum = 0
		}
	}
	return 10 * math.Log10(most/whole)
}

// section is a filter of the second order.
type section struct{ b, a1, a2, z1, z2 float64 }

func highPass(pitch, q float64) section {
	sin, cos := math.Sincos(2 * math.Pi * pitch / Rate)
	alpha := sin / 2 / q
	return section{b: (1 + cos) / 2 / (1 + alpha), a1: -2 * cos / (1 + alpha), a2: (1 - alpha) / (1 + alpha)}
}

func (s *section) next(x float64) float64 {
	y := s.b*x + s.z1
	s.z1 = -2*s.b*x - s.a1*y + s.z2
	s.z2 = s.b*x - s.a2*y
	return y
}

// on is s wanted at the place the device has got to.
func (d *device) on(s *Score) Play {
	return playing(s, d.now.Sub(noon), d.now)
}

// Whatever happens to a full mix, nothing sharp is heard: what is above 2 kHz stays
// 80 dB below the rest.
func TestNoChangeClicks(t *testing.T) {
	t.Parallel()
	even, night := Mix{Voice: 70, Bells: 70, Breath: 70, Ambience: 70}, loud
	night.Night = true
	full, less, dark := mixed(loud), mixed(even), mixed(night)
	other := low()
	other.Cues = other.Cues[:5]
	for name, change := range map[string]func(d *device, step int){
		"nothing": func(*device, int) {},
		"stop":    func(d *device, _ int) { d.live.Follow(halt(transport.Stopped)) },
		"pause":   func(d *device, _ int) { d.live.Follow(halt(transport.Paused)) },
		"resume": func(d *device, step int) {
			if step == 0 {
				d.live.Follow(halt(transport.Paused))
			} else {
				d.live.Follow(d.on(full))
			}
		},
		"seek":      func(d *device, step int) { d.live.Follow(playing(full, time.Duration(26+step)*time.Second, d.now)) },
		"mix":       func(d *device, step int) { d.live.Follow(d.on([]*Score{less, full}[step%2])) },
		"night":     func(d *device, step int) { d.live.Follow(d.on([]*Score{dark, full}[step%2])) },
		"off":       func(d *device, step int) { d.live.Follow(d.on([]*Score{mixed(Mix{}), full}[step%2])) },
		"plan":      func(d *device, _ int) { d.live.Follow(d.on(speaking().Score(other, loud))) },
		"wait":      func(d *device, _ int) { p := d.on(full); p.Until = p.Position + 50*time.Millisecond; d.live.Follow(p) },
		"late wait": func(d *device, _ int) { p := d.on(full); p.Until = p.Position - time.Second; d.live.Follow(p) },
		"stop while crossing": func(d *device, step int) {
			d.live.Follow([]Play{d.on(less), halt(transport.Stopped)}[min(step, 1)])
		},
		"seek while crossing": func(d *device, step int) {
			d.live.Follow([]Play{d.on(less), playing(full, 26*time.Second, d.now)}[min(step, 1)])
		},
	} {
		d := newDevice()
		d.live.Follow(playing(full, 0, d.now))
		heard := d.pull(5 * time.Second)
		for step := range 4 {
			heard = append(heard, d.pull(length(step*37))...)
			change(d, step)
			heard = append(heard, d.pull(800*time.Millisecond)...)
		}
		if got := sharp(heard[4*Rate+Rate/2:]); got > -80 {
			t.Errorf("%s: %.1f dB above 2 kHz", name, got)
		}
	}
}

// The same in any order and at any moment.
func TestNoRunOfChangesClicks(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 8))
	var scores []*Score
	for range 6 {
		scores = append(scores, mixed(Mix{Voice: r.IntN(101), Bells: r.IntN(101), Breath: r.IntN(101), Ambience: r.IntN(101), Night: r.IntN(3) == 0}))
	}
	for range 6 {
		d := newDevice()
		d.live.Follow(playing(scores[0], 0, d.now))
		heard := d.pull(5 * time.Second)
		for d.now.Sub(noon) < 18*time.Second {
			p := d.on(scores[r.IntN(len(scores))])
			switch r.IntN(8) {
			case 0:
				p = halt(transport.Paused)
			case 1:
				p.Until = p.Position + time.Duration(r.IntN(300)-100)*time.Millisecond
			}
			d.live.Follow(p)
			heard = append(heard, d.pull(time.Duration(1+r.IntN(700))*time.Millisecond)...)
		}
		if got := sharp(heard[4*Rate+Rate/2:]); got > -80 {
			t.Errorf("%.1f dB above 2 kHz", got)
		}
	}
}

// steadyMix is a steady tone that counts as a breath in the mix m.
func steadyMix(m Mix) *Score {
	s := steadyTone(220, time.Minute)
	s.notes[0].sound.(*glide).peak *= fader(m.Breath)
	s.mix = m
	return s
}

// Turning up or down changes by at most 6 dB within 400 ms, wherever the sound is
// less than 20 dB below the louder of the two.
func TestNoVolumeJumps(t *testing.T) {
	t.Parallel()
	for _, c := range [][2]Mix{
		{{Breath: 80}, {Breath: 90}}, {{Breath: 90}, {Breath: 40}}, {{Breath: 50}, {Breath: 100}}, {{Breath: 20}, {Breath: 100}},
		{{Breath: 100}, {Breath: 20}}, {{Breath: 0}, {Breath: 100}}, {{Breath: 100}, {Breath: 0}}, {{Breath: 3}, {Breath: 100}},
		{{Breath: 100}, {Breath: 100, Night: true}}, {{Breath: 30, Night: true}, {Breath: 100}},
	} {
		d := newDevice()
		d.live.Follow(playing(steadyMix(c[0]), 0, d.now))
		before := d.pull(2 * time.Second)[Rate:]
		d.live.Follow(d.on(steadyMix(c[1])))
		heard := append(before, d.pull(7*time.Second)...)
		loudest, jump := max(rmsOf(before), rmsOf(heard[7*Rate:])), 0.0
		level := func(i int) float64 { return max(rmsOf(heard[i:i+Rate/50]), loudest/10) }
		for i := 0; i+Rate*42/100 < len(heard); i += Rate / 50 {
			jump = max(jump, math.Abs(20*math.Log10(level(i+Rate*4/10)/level(i))))
		}
		if jump > 6 {
			t.Errorf("from %+v to %+v it changes by %.2f dB within 400 ms", c[0], c[1], jump)
		}
	}
}

// Nothing in a session stands more than 6 LU above the bell of the sound check.
func TestNothingIsFarAboveTheBellOneAgreedTo(t *testing.T) {
	t.Parallel()
	night := Even()
	night.Night = true
	for _, m := range []Mix{loud, night} {
		bell := Measure(murmuring().Bell(m.Bells).Within(m).Stream(0)).Momentary
		got := Measure(murmuring().Score(everything(), m).Stream(0)).Momentary
		if got > bell+6 {
			t.Errorf("%+v: %.1f LUFS, the bell has %.1f", m, got, bell)
		}
	}
}

// At night everything is 10 LU quieter.
func TestNight(t *testing.T) {
	t.Parallel()
	m := Even()
	m.Night = true
	day, night := Measure(murmuring().Score(everything(), Even()).Stream(0)), Measure(murmuring().Score(everything(), m).Stream(0))
	if loudest, peak := day.Momentary-night.Momentary, day.TruePeak-night.TruePeak; math.Abs(loudest-10) > 0.01 || math.Abs(peak-10) > 0.01 {
		t.Errorf("at night the loudest moment is %.2f LU quieter, the peak %.2f dB lower", loudest, peak)
	}
}

// A plan that has changed later on goes over without a gap: what both have in
// common is as it would have been.
func TestAnotherPlanGoesOnWithoutAGap(t *testing.T) {
	other := low()
	other.Cues = other.Cues[:5]
	s := mixed(loud)
	d := newDevice()
	d.live.Follow(playing(s, 0, d.now))
	d.pull(5 * time.Second)
	d.live.Follow(d.on(speaking().Score(other, loud)))
	heard := d.pull(10 * time.Second)
	for i, f := range samples(t, s, 5*Rate, 10*Rate, 4096) {
		if math.Abs(f[0]-heard[i][0]) > 1e-12 {
			t.Fatalf("frame %d is %v, want %v", i, heard[i], f)
		}
	}
	if d.live.over.on() || d.live.former().score != nil {
		t.Error("the crossing never ends")
	}
}

// Words that are no longer wanted end at once, though the volume is on its way.
func TestAnotherPlanDoesNotWaitForTheVolume(t *testing.T) {
	other := low()
	other.Cues = other.Cues[:2] // no words any more, and no breath
	for name, loudness := range map[string][]Mix{"under way": {{Voice: 20}, {Voice: 20}}, "at once": {{Voice: 100}, {Voice: 20}}} {
		d := newDevice()
		d.live.Follow(playing(mixed(Mix{Voice: 100}), 0, d.now))
		d.pull(5 * time.Second)
		d.live.Follow(d.on(mixed(loudness[0])))
		if before := rmsOf(d.pull(500 * time.Millisecond)); before < 0.05 {
			t.Fatalf("%s: the words are not heard: %g", name, before)
		}
		d.live.Follow(d.on(speaking().Score(other, loudness[1])))
		if left := quietFrom(d.pull(3 * time.Second)); left > frames(stopFade) {
			t.Errorf("%s: the words go on for %v", name, length(left))
		}
	}
}

// Plans that change one upon the other go over one after the other.
func TestPlanUponPlanIsNoGap(t *testing.T) {
	d := newDevice()
	d.live.Follow(playing(mixed(loud), 0, d.now))
	d.pull(5 * time.Second)
	usual := rmsOf(d.pull(500 * time.Millisecond))
	for range 10 {
		d.live.Follow(d.on(speaking().Score(low(), loud)))
		heard := d.pull(120 * time.Millisecond)
		for at := 0; at+960 <= len(heard); at += 480 {
			if got := rmsOf(heard[at : at+960]); got < usual/2 {
				t.Fatalf("a gap: %g of %g", got, usual)
			}
		}
	}
}

func TestTheLatestMixWins(t *testing.T) {
	d := newDevice()
	d.live.Follow(playing(steadyMix(Mix{Breath: 100}), 0, d.now))
	d.pull(2 * time.Second)
	for level := 90; level >= 40; level -= 10 {
		d.live.Follow(d.on(steadyMix(Mix{Breath: level})))
		d.pull(20 * time.Millisecond)
	}
	d.pull(3 * time.Second)
	want := samples(t, steadyMix(Mix{Breath: 40}), d.live.at, 480, 480)
	if got := d.pull(10 * time.Millisecond); hash(got) != hash(want) {
		t.Errorf("sounds at %g, want %g", rmsOf(got), rmsOf(want))
	}
}

func TestHaltsWinWhileCrossing(t *testing.T) {
	for state, fade := range map[transport.State]time.Duration{transport.Stopped: stopFade, transport.Paused: pauseFade} {
		d := newDevice()
		d.live.Follow(playing(mixed(loud), 0, d.now))
		d.pull(5 * time.Second)
		d.live.Follow(d.on(mixed(Mix{Voice: 20, Bells: 20})))
		d.pull(500 * time.Millisecond)
		if !d.live.over.on() {
			t.Fatal("there is no crossing to halt in")
		}
		d.live.Follow(halt(state))
		if got := quietFrom(d.pull(3 * time.Second)); got > frames(fade) || got < frames(fade)-3 {
			t.Errorf("%s is silence after %v, want %v", state, length(got), fade)
		}
		if d.live.over.on() || d.live.former().score != nil {
			t.Error("the crossing goes on in silence")
		}
	}
}

// A wait holds from the moment it is asked for, though a crossing is still on its
// way and a third plan has to wait for its turn.
func TestAWaitHoldsWhileCrossing(t *testing.T) {
	d := newDevice()
	d.live.Follow(playing(mixed(loud), 0, d.now))
	d.pull(5 * time.Second)
	d.live.Follow(d.on(mixed(Mix{Voice: 20})))
	d.pull(100 * time.Millisecond)
	p := d.on(mixed(Mix{Voice: 30}))
	p.Until = p.Position + time.Second
	d.live.Follow(p)
	if got := quietFrom(d.pull(10 * time.Second)); got > frames(time.Second+waitFade) || got < frames(time.Second+waitFade)-100 {
		t.Errorf("silent after %v", length(got))
	}
}

func TestCrossingAllocatesNothing(t *testing.T) {
	d := newDevice()
	scores := []*Score{mixed(loud), mixed(Mix{Voice: 20})}
	block := make([][2]float64, 480)
	d.live.Follow(playing(scores[0], 0, d.now))
	i, at := 0, d.now
	if n := testing.AllocsPerRun(1000, func() {
		if i++; i == 100 {
			d.live.want.Store(&Play{Score: scores[1], State: transport.Playing, At: noon, Until: time.Minute})
		}
		d.live.Heard(at)
		d.live.Stream(block)
		at = at.Add(10 * time.Millisecond)
	}); n != 0 {
		t.Errorf("%v allocations a block", n)
	}
}
