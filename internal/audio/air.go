package audio

import "math"

// air is a breath tone of air instead of a voice: noise that brightens where a
// tone would rise and darkens where it would fall. It goes from one band of noise
// to the next, each a loop that runs on by the frames of the score, so any frame
// can be made by itself and one breath leads into the next.
type air struct {
	*glide
	bands ambience
	start int // frame of the score it begins at
}

// airBands are the bands between the darkest and the brightest breath, each as
// loud as a breath may be. They stand as far apart as the low and the middle
// pitch of a tone: the third is the end of an inhale, the fourth of a top-up.
func airBands() (bands ambience) {
	for i, corners := range [][2]float64{{150, 450}, {230, 700}, {330, 1050}, {430, 1400}} {
		band := noiseLayer(hush(7*Rate, uint64(11+i), corners[0], corners[1], 2), 1)
		louder(band.loop, decibels(breathLoudness-loudest(ambience{band}.steadily(), len(band.loop)+Rate)))
		bands = append(bands, band)
	}
	return bands
}

// brightness is where a pitch lies among the bands.
func (a *air) brightness(frame int) float64 {
	const apart = (highPitch - lowPitch) / 2
	return min(max((a.pitchAt(frame)-lowPitch)/apart, 0), float64(len(a.bands)-1))
}

// share is how much of a band there is at a brightness. What two neighbours have
// is one power.
func share(band int, brightness float64) float64 {
	off := math.Abs(brightness - float64(band))
	if off >= 1 {
		return 0
	}
	return math.Cos(math.Pi / 2 * off)
}

func (a *air) add(out [][2]float64, at int) {
	for len(out) > 0 {
		skip := at % stretch
		n := min(len(out), stretch-skip)
		a.addStretch(out[:n], at-skip, skip)
		out, at = out[n:], at+n
	}
}

// addStretch adds the frames of the stretch that begins at start, but the first skip.
func (a *air) addStretch(out [][2]float64, start, skip int) {
	first, last := a.levelAt(start), a.levelAt(start+stretch)
	dark, bright := a.brightness(start), a.brightness(start+stretch)
	for i := range a.bands {
		from, to := first*share(i, dark), last*share(i, bright)
		if from != 0 || to != 0 {
			a.bands[i].add(out, a.start+start, skip, from, (to-from)/stretch)
		}
	}
}
