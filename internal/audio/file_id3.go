package audio

import (
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"
)

// mostChapters is how many chapters a table of contents can name.
const mostChapters = 255

// id3 is the tags as an MP3 has them, ID3v2.4, of a sound of n frames.
func (t Tags) id3(n int) []byte {
	ms := func(frame int) uint32 { return uint32(length(frame).Milliseconds()) }
	var b []byte
	for _, f := range [][2]string{{"TIT2", t.Title}, {"TPE1", artist}, {"TALB", artist}, {"TLAN", threeLetters(t.Language)}, {"TLEN", strconv.Itoa(int(ms(n)))}} {
		if f[1] != "" {
			b = append(b, id3Text(f[0], f[1])...)
		}
	}
	chapters := t.Chapters[:min(len(t.Chapters), mostChapters)]
	if len(chapters) > 0 {
		contents := []byte{'t', 'o', 'c', 0, 3, byte(len(chapters))} // the topmost, in their order
		for i := range chapters {
			contents = append(contents, chapterID(i)...)
		}
		b = append(b, id3Frame("CTOC", contents)...)
	}
	for i, c := range chapters {
		end := ms(n)
		if i+1 < len(chapters) {
			end = uint32(chapters[i+1].At.Milliseconds())
		}
		be := binary.BigEndian
		body := be.AppendUint32(be.AppendUint32(chapterID(i), uint32(c.At.Milliseconds())), end)
		body = append(body, "\xff\xff\xff\xff\xff\xff\xff\xff"...) // times say it, not bytes
		b = append(b, id3Frame("CHAP", append(body, id3Text("TIT2", c.Title)...))...)
	}
	return append(append([]byte("ID3\x04\x00\x00"), synchsafe(len(b))...), b...)
}

func chapterID(i int) []byte { return append(fmt.Appendf(nil, "ch%d", i), 0) }

// id3Text is a frame of text in UTF-8.
func id3Text(name, text string) []byte { return id3Frame(name, append([]byte{3}, text...)) }

func id3Frame(name string, body []byte) []byte {
	return append(append(append([]byte(name), synchsafe(len(body))...), 0, 0), body...)
}

// synchsafe is n in four bytes of seven bits, so that no player takes a size for
// the beginning of sound.
func synchsafe(n int) []byte {
	return []byte{byte(n >> 21 & 127), byte(n >> 14 & 127), byte(n >> 7 & 127), byte(n & 127)}
}

// threeLetters is a language as ISO 639-2 writes it, "" for one not known here.
func threeLetters(language string) string {
	base, _, _ := strings.Cut(strings.ToLower(language), "-")
	if base == "" {
		base = "en"
	}
	return map[string]string{
		"ar": "ara", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "es": "spa", "fi": "fin", "fr": "fra",
		"he": "heb", "hi": "hin", "hu": "hun", "it": "ita", "ja": "jpn", "ko": "kor", "nb": "nob", "nl": "nld", "nn": "nno",
		"no": "nor", "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus", "sv": "swe", "tr": "tur", "uk": "ukr", "zh": "zho",
	}[base]
}
