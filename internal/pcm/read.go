package pcm

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"path"
	"strings"
)

// quietest is the least a recording's loudest moment may reach: −50 dBFS.
const quietest = 0.0031623

// Read reads a recording that a person gives, WAV or FLAC. Its content says
// which; name is the file's, and used in the sentences. size is how many bytes r
// has to have. Stereo is mixed to mono. What does not sound like a recording is
// refused, with an error that is a sentence for people.
func Read(r io.ReadSeeker, size int64, name string) (Clip, error) {
	if have, err := r.Seek(0, io.SeekEnd); err != nil || have != size {
		return Clip{}, refused(name, "did not arrive whole. You might choose it again.")
	}
	start := make([]byte, 16)
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return Clip{}, refused(name, "could not be read. You might choose it again.")
	}
	n, _ := io.ReadFull(r, start)
	kind, err := told(start[:n], name)
	if err != nil {
		return Clip{}, err
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return Clip{}, refused(name, "could not be read. You might choose it again.")
	}
	c, err := kind.read(r, size)
	if err != nil {
		return Clip{}, refused(name, sentence(err))
	}
	return c, nil
}

// kind is a format that is read.
type kind struct {
	name, ending string
	read         func(io.ReadSeeker, int64) (Clip, error)
}

// told is the format that the first bytes tell, where name does not say another.
func told(start []byte, name string) (kind, error) {
	wav, flac := kind{"WAV", ".wav", readWAV}, kind{"FLAC", ".flac", readFLAC}
	ending := strings.ToLower(path.Ext(name))
	var k kind
	switch {
	case len(start) == 0:
		return k, refused(name, "is empty. You might record it again.")
	case len(start) >= 12 && string(start[:4]) == "RIFF" && string(start[8:12]) == "WAVE":
		k = wav
	case bytes.HasPrefix(start, []byte("fLaC")):
		k = flac
	default:
		return k, refused(name, other(start))
	}
	for _, not := range []kind{wav, flac} {
		if not.name != k.name && (ending == not.ending || ending == ".wave" && not.name == "WAV") {
			return k, refused(name, fmt.Sprintf("is named like a %s and holds a %s. You might name it with %s at the end.", not.name, k.name, k.ending))
		}
	}
	return k, nil
}

// other says what a file is that is not read.
func other(start []byte) string {
	for _, f := range []struct {
		at          int
		sign, named string
	}{
		{0, "OggS", "an Ogg file"}, {0, "ID3", "an MP3"}, {4, "ftyp", "an M4A or MP4"},
		{0, "FORM", "an AIFF"}, {0, "caff", "a CAF"}, {0, "\x1aE\xdf\xa3", "a WebM"}, {0, "RF64", "a very long WAV (RF64)"},
	} {
		if len(start) >= f.at && bytes.HasPrefix(start[f.at:], []byte(f.sign)) {
			return "is " + f.named + ", which Stillpoint does not read. You might save the recording as WAV or FLAC."
		}
	}
	if len(start) > 1 && start[0] == 0xff && start[1]&0xe0 == 0xe0 {
		return "is an MP3 or AAC, which Stillpoint does not read. You might save the recording as WAV or FLAC."
	}
	return "is not a sound that Stillpoint knows. You might save the recording as WAV or FLAC."
}

// refused is an error that is a sentence about the file of this name.
func refused(name, why string) error {
	return fmt.Errorf("“%s” %s", shown(name), why)
}

// shown is a file's name, as far as a sentence has room for it.
func shown(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(path.Base(strings.ReplaceAll(name, "\\", "/")), "�"))
	if runes := []rune(name); len(runes) > 80 {
		return string(runes[:79]) + "…"
	}
	return name
}

// reason is why a recording is not taken, as the rest of a sentence about it.
type reason string

func (r reason) Error() string { return string(r) }

const (
	damaged   = reason("is damaged: part of it is not as its format wants it. You might save or record it again.")
	truncated = reason("ends before its sound does: part of it is missing. You might save or copy it again.")
	lying     = reason("holds another length of sound than its beginning says. You might open it in a sound editor and save it again.")
	tooLong   = reason("is longer than ten minutes. You might cut it into shorter recordings.")
	tooMany   = reason("has more than two channels. You might save it as mono or stereo.")
	tooFast   = reason("has more than 96000 samples a second. You might save it with 48000.")
	tooSlow   = reason("has fewer than 8000 samples a second, too few for a voice. You might record it with 48000.")
	silent    = reason("is silent, or nearly. You might look at the microphone and record it again.")
	unread    = reason("is a WAV of a kind that Stillpoint does not read. You might save it as a plain WAV with 16 or 24 bits, or as FLAC.")
)

// sentence is the reason an error carries, or that the file is damaged.
func sentence(err error) string {
	var why reason
	switch {
	case errors.As(err, &why):
		return string(why)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return string(truncated)
	}
	return string(damaged)
}

// bearable says whether a recording of this many channels, this rate and this
// many frames is one that is read.
func bearable(channels, rate int, frames uint64) error {
	switch {
	case channels > 2:
		return tooMany
	case channels < 1:
		return damaged
	case rate > fastest:
		return tooFast
	case rate < slowest:
		return tooSlow
	case frames > uint64(rate)*uint64(Longest.Seconds()):
		return tooLong
	}
	return nil
}

// audible says whether there is anything to hear: a standing value is silence.
func audible(lowest, highest float32) error {
	if !(highest-lowest >= 2*quietest) {
		return silent
	}
	return nil
}

// within is the clip made softer where it goes beyond what can be played, as
// samples written as decimal fractions may.
func (c Clip) within() (Clip, error) {
	most := 0.0
	for _, x := range c.Samples {
		most = max(most, math.Abs(float64(x)))
	}
	switch {
	case math.IsNaN(most) || most > 8:
		return Clip{}, damaged
	case most > 1:
		for i := range c.Samples {
			c.Samples[i] /= float32(most)
		}
	}
	return c, nil
}
