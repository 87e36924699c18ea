package journal

import (
	"bufio"
	"cmp"
	"html"
	"strconv"
	"strings"

	"stillpoint/internal/script"
)

// style is all a printed page needs: it is a file of its own, and asks for nothing.
const style = `<style>
:root { color-scheme: light dark; font: 100%/1.5 system-ui, sans-serif; }
body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; font-weight: 500; }
article { break-inside: avoid; padding: 1rem 0; border-top: 1px solid #8888; }
h2 { font-size: 1.1rem; font-weight: 500; margin: 0 0 .5rem; }
dl { display: grid; grid-template-columns: minmax(8rem, auto) 1fr; gap: .1rem 1.5rem; margin: 0; }
dd { margin: 0; overflow-wrap: anywhere; }
@media print { body { margin: 0; max-width: none; } }
</style>
`

// pageSheet is an export to be read and printed.
type pageSheet struct {
	*bufio.Writer
	columns  []column
	words    map[string]string
	language string
}

// called is what the page calls a column, a word or a region.
func (s *pageSheet) called(id string) string {
	if name, ok := s.words[id]; ok {
		return name
	}
	if r, ok := script.RegionByKey(id); ok {
		return r.String()
	}
	return strings.ReplaceAll(id, "_", " ")
}

func (s *pageSheet) begin() error {
	title := html.EscapeString(s.called("Journal"))
	s.WriteString("<!doctype html>\n<html lang=\"" + html.EscapeString(cmp.Or(s.language, "en")) + "\">\n<meta charset=\"utf-8\">\n")
	s.WriteString("<meta name=\"viewport\" content=\"width=device-width\">\n<title>" + title + "</title>\n" + style)
	_, err := s.WriteString("<h1>" + title + "</h1>\n")
	return err
}

func (s *pageSheet) entry(e *Entry) error {
	s.WriteString("<article>\n<h2>" + html.EscapeString(s.heading(e)) + "</h2>\n<dl>\n")
	for _, c := range s.columns {
		if text := s.shown(c, e); text != "" {
			s.WriteString("<dt>" + html.EscapeString(s.called(c.name)) + "</dt><dd>" + html.EscapeString(text) + "</dd>\n")
		}
	}
	_, err := s.WriteString("</dl>\n</article>\n")
	return err
}

// heading is when it was, and what: as far as these may be shown.
func (s *pageSheet) heading(e *Entry) string {
	var parts []string
	for _, c := range s.columns {
		switch c.name {
		case "began":
			parts = append(parts, e.Began.Format("2006-01-02 15:04"))
		case "title":
			parts = append(parts, e.Title)
		}
	}
	return strings.Join(parts, " · ")
}

// shown is what stands beside a column's name; nothing where nothing was noted, or
// where it stands in the heading already. An id means nothing to a reader.
func (s *pageSheet) shown(c column, e *Entry) string {
	switch c.name {
	case "id", "began", "title", "script", "language":
		return ""
	case accountColumn:
		return s.account(e.Account)
	case "left_out":
		return s.list(e.LeftOut)
	case "before_body":
		return s.body(e.Before)
	case "after_body":
		return s.body(e.After)
	case "before_feelings", "after_feelings":
		return s.list(listFrom(c.text(e)))
	case "kind", "ended", "anchor":
		if text := c.text(e); text != "" {
			return s.called(text)
		}
		return ""
	case "planned_minutes":
		return roundMinutes(e.Planned)
	case "practised_minutes":
		return roundMinutes(e.Practised)
	case "pauses":
		return some(e.Pauses > 0, c.text(e))
	}
	return c.text(e)
}

// roundMinutes is a length as one would say it.
func roundMinutes(ms int64) string {
	return some(ms > 0, strconv.FormatInt((ms+30_000)/60_000, 10))
}

func (s *pageSheet) list(ids []string) string {
	var names []string
	for _, id := range ids {
		names = append(names, s.called(id))
	}
	return listText(names)
}

func (s *pageSheet) body(c *CheckIn) string {
	if c == nil {
		return ""
	}
	var parts []string
	for _, r := range sortedKeys(c.Regions) {
		part := s.called(r)
		if words := c.Regions[r]; len(words) > 0 {
			part += ": " + s.list(words)
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, "; ")
}

func (s *pageSheet) end() error {
	_, err := s.WriteString("</html>\n")
	return err
}
