package script

import (
	"strconv"
	"strings"
	"time"
	"unicode"
)

// decimal reads digits with at most three places after a point, in thousandths.
// No sign, no exponent: what a person writes as a number, and nothing else.
func decimal(s string) (thousandths int64, ok bool) {
	whole, places, pointed := strings.Cut(s, ".")
	if len(whole) == 0 || len(whole) > 9 || len(places) > 3 || pointed && places == "" {
		return 0, false
	}
	n, err := strconv.ParseUint(whole+places+"000"[len(places):], 10, 63)
	return int64(n), err == nil
}

// unitOf is how long one of a unit lasts; 0 for a word that is no unit.
func unitOf(word string) time.Duration {
	switch strings.ToLower(word) {
	case "s", "sec", "secs", "second", "seconds":
		return time.Second
	case "m", "min", "mins", "minute", "minutes":
		return time.Minute
	case "h", "hr", "hrs", "hour", "hours":
		return time.Hour
	}
	return 0
}

// amount reads a time: `7`, `7.5`, `90 s`, `2.5 min`, `1 h 30 min`. A number
// without a unit counts in bare; with bare 0 it needs one. The unit answered is
// the last one written, 0 for none. The result is in whole milliseconds, and
// never longer than MaxLength.
func amount(text string, bare time.Duration) (total, unit time.Duration, p *problem) {
	rest := strings.TrimSpace(text)
	if rest == "" {
		return 0, 0, troubled("60, 90 s or 12 min", "a time is missing")
	}
	for parts := 0; rest != ""; parts++ {
		number, after := span(rest, func(r rune) bool { return r == '.' || '0' <= r && r <= '9' })
		name, tail := span(strings.TrimLeft(after, " "), unicode.IsLetter)
		n, ok := decimal(number)
		if !ok || parts == 3 {
			return 0, 0, notATime(text)
		}
		each := unitOf(name)
		unit = each
		if name == "" && tail == "" && parts == 0 {
			each = bare
		}
		if each == 0 {
			return 0, 0, notATime(text)
		}
		// The number first: beyond it the product would not fit.
		if n > 1e9 || total+time.Duration(n)*(each/1000) > MaxLength {
			return 0, 0, tooLong(text)
		}
		total += time.Duration(n) * (each / 1000)
		rest = strings.TrimLeft(tail, " ")
	}
	return total, unit, nil
}

func notATime(text string) *problem {
	if strings.HasPrefix(strings.TrimSpace(text), "-") {
		return troubled("a number of seconds above 0", "the time %s is below zero", quoted(text))
	}
	return troubled("60, 7.5, 90 s, 2.5 min or 1 h 30 min", "%s is not a time", quoted(text))
}

func tooLong(text string) *problem {
	return troubled("a shorter one", "the time %s is longer than %s hours", quoted(text), inHours(MaxLength))
}

// lasting reads a time of a direction: bare numbers are seconds, and nothing is
// too short.
func lasting(text string) (time.Duration, *problem) {
	d, _, p := amount(text, time.Second)
	if p == nil && d == 0 {
		p = troubled("a number of seconds above 0, or leave it out", "the time %s is no time at all", quoted(text))
	}
	return d, p
}

// span parts s at the first rune that is not in.
func span(s string, in func(rune) bool) (head, tail string) {
	i := strings.IndexFunc(s, func(r rune) bool { return !in(r) })
	if i < 0 {
		return s, ""
	}
	return s[:i], s[i:]
}

// places writes thousandths with no more places than they need.
func places(thousandths int64) string {
	return strconv.FormatFloat(float64(thousandths)/1000, 'f', -1, 64)
}

// inSeconds, inMinutes and inHours write a time as a bare number.
func inSeconds(d time.Duration) string { return places(d.Milliseconds()) }
func inMinutes(d time.Duration) string { return places(int64(d / (time.Minute / 1000))) }
func inHours(d time.Duration) string   { return places(int64(d / (time.Hour / 1000))) }

// tenth of a minute: the finest step written in minutes.
const tenth = 6 * time.Second

// byMinutes says whether a time reads better in minutes: two or more of them,
// with at most one place after the point.
func byMinutes(d time.Duration) bool {
	return d >= 2*time.Minute && d%tenth == 0
}

// spell writes a time with its unit, the one way it is written in canonical text.
func spell(d time.Duration) string {
	if byMinutes(d) {
		return inMinutes(d) + " min"
	}
	return inSeconds(d) + " s"
}
