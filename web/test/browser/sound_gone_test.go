//go:build unix

package browser

import (
	"math"
	"slices"
	"strconv"
	"testing"
	"time"
)

// A machine that is short of breath tears holes of its own: not in each of so many tries.
const tries = 3

// copiedWindow is a window that sounds into an ear, in the midst of a session that is
// never silent, with a copy of all of it.
func copiedWindow(t testing.TB) (*device, *ear) {
	t.Helper()
	ear, browser := overheard(t)
	d := newHouse(t).openIn(t, browser, "/#before/quick-rain", desk)
	d.alone = true
	d.kept()
	d.rains()
	d.awaitWithin("watch.here().sound.reach === Infinity", copied)
	return d, ear
}

// crosses does what has the sound come from elsewhere, and says whether it was heard
// whole meanwhile and in its place. It is never doubled.
func (d *device) crosses(e *ear, track []float64, lasts time.Duration, do func()) bool {
	d.t.Helper()
	heard, _ := e.listening(time.Second, lasts, do)
	torn := holed(d.t, heard)
	ms, sure := d.shift(d.t, track, heard)
	d.t.Logf("the place shifts by %.1f ms (surely: %v)", ms, sure)
	return !torn && (!sure || math.Abs(ms) <= asTwo)
}

func (d *device) playsCopy(is bool) {
	d.t.Helper()
	d.awaitWithin("watch.seen.plays.at(-1).src.startsWith('blob:') === "+strconv.FormatBool(is), rejoined)
}

// A server that hangs is not heard: the sound goes on from the copy, and when the
// server answers again it comes from there, whole and in its place both times.
func theSoundGoesOnAndComesBack(t *testing.T) {
	d, ear := copiedWindow(t)
	track := d.track(t)
	there, back := false, false
	for n := 0; n < tries && !(there && back); n++ {
		there = d.crosses(ear, track, 8*time.Second, func() { d.house.freeze(t) }) || there
		d.playsCopy(true)
		d.sees("Not connected. You can still pause and stop. The sound goes on.")
		back = d.crosses(ear, track, 8*time.Second, func() { d.house.thaw(t) }) || back
		d.playsCopy(false)
		d.await("watch.room().status === 'live' && watch.state() === 'playing'")
	}
	if !there || !back {
		t.Errorf("heard whole and in its place to the copy: %v, and back: %v", there, back)
	}
}

// A server that dies leaves the sound, and whoever is there can pause it, go on and stop.
func theSoundOfAServerThatDied(t *testing.T) {
	d, ear := copiedWindow(t)
	d.house.kill()
	d.playsCopy(true)
	for _, press := range []string{"Pause", "Stop"} {
		d.await("watch.sounding()")
		d.press(press)
		d.await("watch.silent() && watch.state() !== 'playing'")
		if quiet := ear.quiet(); quiet > silence {
			t.Errorf("after %s it is %.1f dBFS", press, quiet)
		}
		if press == "Pause" {
			d.press("Resume")
			d.playing()
		}
	}
	d.await("watch.face() === 'after'")
}

// quiet is the loudest that is heard once what is on its way to the ear has come.
func (e *ear) quiet() float64 {
	time.Sleep(2 * quietIn) // real time is the measure here
	heard, _ := e.listening(0, time.Second, func() {})
	return slices.Max(levels(heard, grain))
}

// A page that is opened anew without its server is silent, and sounds on where it
// was, from the copy that was kept, once a person goes on.
func theSoundIsFoundWithoutItsServer(t *testing.T) {
	d, ear := copiedWindow(t)
	track := d.track(t)
	d.await("caches.keys().then((names) => names.some((name) => name.startsWith('stillpoint.copy.')))")
	d.house.kill()
	d.anew("session")
	d.await("watch.state() === 'paused' && watch.here().sound.reach === Infinity")
	if quiet := ear.quiet(); quiet > silence {
		t.Errorf("paused, it is %.1f dBFS", quiet)
	}
	d.press("Resume")
	d.playing()
	d.await("watch.sounding()")
	time.Sleep(time.Second) // until it is loud
	whole := false
	for n := 0; n < tries && !whole; n++ {
		whole = d.crosses(ear, track, 2*time.Second, func() {})
	}
	if !whole {
		t.Error("it is not heard whole")
	}
	d.press("Stop")
	d.await("watch.face() === 'after'")
	d.await("caches.keys().then((names) => !names.some((name) => name.startsWith('stillpoint.copy.')))")
}

// The copy is the track, to the millisecond, wherever one goes in it: two elements
// that say they are at one place play the same.
func theCopyIsTheTrack(t *testing.T) {
	d := newHouse(t).open(t, "/#before/quick-rain", desk)
	d.soundHere()
	d.press("Begin")
	d.playing()
	d.awaitWithin("watch.here().sound.reach === Infinity", copied)
	d.press("Pause")
	d.do(apartOf)
	var off []float64
	for _, at := range []float64{7.3, 60.5, 123.456, 200.01, 300} {
		least := math.Inf(1)
		for n := 0; n < tries && least > 1; n++ {
			least = min(least, ask[float64](d, "apartOf("+number(at)+")"))
		}
		off = append(off, least)
	}
	t.Logf("the copy lies %.2f ms beside the track", off)
	if slices.Max(off) > 1 {
		t.Error("that is another place")
	}
}

// apartOf says by how many ms the sounds of a track and its copy lie apart at a time
// of both, in s, less what the elements tell of that.
const apartOf = `
	const address = watch.seen.plays.findLast(({src}) => src.includes('track.wav')).src;
	const blobs = await Promise.all([address, address.replace('track.wav', 'track.mp3')].map(async (url) => (await fetch(url)).blob()));
	const context = new AudioContext({sampleRate: 48000});
	await context.resume();
	const sides = blobs.map((blob) => new Audio(URL.createObjectURL(blob)));
	const ears = sides.map((side) => {
		const ear = context.createAnalyser();
		ear.fftSize = 32768;
		context.createMediaElementSource(side).connect(ear);
		return ear;
	});
	globalThis.apartOf = async (at) => {
		for (const side of sides) {
			side.pause();
			side.currentTime = at;
			await new Promise((done) => (side.onseeked = done));
		}
		await Promise.all(sides.map((side) => side.play()));
		const told = [];
		for (let i = 0; i < 40; i++) {
			await new Promise((done) => setTimeout(done, 27));
			if (i >= 20) told.push(1000 * (sides[0].currentTime - sides[1].currentTime));
		}
		const [wav, mp3] = ears.map((ear) => {
			const heard = new Float32Array(ear.fftSize);
			ear.getFloatTimeDomainData(heard);
			return heard;
		});
		const reach = 4800, n = 20000;
		let best = 0, most = -1;
		for (let off = -reach; off <= reach; off += 2) {
			let sum = 0;
			for (let i = reach; i < reach + n; i += 4) sum += wav[i] * mp3[i + off];
			if (sum > most) [best, most] = [off, sum];
		}
		return Math.abs(best / 48 - told.reduce((sum, one) => sum + one) / told.length);
	}`
