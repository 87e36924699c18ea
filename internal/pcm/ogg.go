package pcm

import (
	"bytes"
	"encoding/binary"
)

// oggPage is one page of an Ogg file.
type oggPage struct {
	continued    bool // it begins within a packet
	first, last  bool // of its stream
	granule      int64
	serial       uint32
	lacing, body []byte
}

const oggHead = 27 // bytes before the lacing

// nextPage takes the page that file begins with; rest is what follows it.
func nextPage(file []byte) (p oggPage, rest []byte, err error) {
	if !bytes.HasPrefix(file, []byte("OggS\x00")) {
		return p, nil, damaged
	}
	if len(file) < oggHead || len(file) < oggHead+int(file[26]) {
		return p, nil, truncated
	}
	lacing := oggHead + int(file[26])
	end := lacing
	for _, n := range file[oggHead:lacing] {
		end += int(n)
	}
	if len(file) < end {
		return p, nil, truncated
	}
	le := binary.LittleEndian
	if oggSum(file[:end]) != le.Uint32(file[22:]) {
		return p, nil, damaged
	}
	return oggPage{
		continued: file[5]&1 != 0, first: file[5]&2 != 0, last: file[5]&4 != 0, granule: int64(le.Uint64(file[6:])), serial: le.Uint32(file[14:]),
		lacing: file[oggHead:lacing], body: file[lacing:end],
	}, file[end:], nil
}

// oggStream is the packets of an Ogg file with one stream, and the granule of its
// last page: the frame its sound ends before.
type oggStream struct {
	packets [][]byte
	end     int64
}

// readOgg takes a whole file apart.
func readOgg(file []byte) (s oggStream, err error) {
	var serial uint32
	var open []byte // a packet that goes on in the next page
	inside, ended := false, false
	for first := true; !ended; first = false {
		var p oggPage
		if p, file, err = nextPage(file); err != nil {
			return s, err
		}
		if first {
			serial = p.serial
		}
		if p.serial != serial || p.first != first || p.continued != inside {
			return s, damaged
		}
		for _, n := range p.lacing {
			open, p.body = append(open, p.body[:n]...), p.body[n:]
			if inside = n == 255; !inside {
				s.packets, open = append(s.packets, open), nil
			}
		}
		if p.granule >= 0 { // −1: no packet ends on this page
			s.end = p.granule
		}
		if ended = p.last; !ended && len(file) == 0 {
			return s, truncated
		}
	}
	if inside || len(file) > 0 {
		return s, damaged
	}
	return s, nil
}

// oggSum is the checksum of a page, in which the place for it counts as zeros.
func oggSum(page []byte) (sum uint32) {
	for i, b := range page {
		if i >= 22 && i < 26 {
			b = 0
		}
		sum = sum<<8 ^ oggTable[byte(sum>>24)^b]
	}
	return sum
}

var oggTable = func() (t [256]uint32) {
	for i := range t {
		r := uint32(i) << 24
		for range 8 {
			r = r<<1 ^ (r>>31)*0x04c11db7
		}
		t[i] = r
	}
	return t
}()
