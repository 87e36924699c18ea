package server

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

// The page is compressed for whoever takes that, is the same either way, and is
// not sent again where it has not changed.
func TestThePageIsPacked(t *testing.T) {
	text := strings.Repeat("export const calm = 'a while';\n", 100)
	s := New(Config{Address: address, Voices: silent(t), Web: fstest.MapFS{"app.js": {Data: []byte(text)}, "icon-192.png": {Data: []byte(text)}}})
	get := func(path string, header ...string) *httptest.ResponseRecorder {
		r := httptest.NewRequest("GET", path, nil)
		for i := 0; i < len(header); i += 2 {
			r.Header.Set(header[i], header[i+1])
		}
		w := httptest.NewRecorder()
		s.static().ServeHTTP(w, r)
		return w
	}
	for _, c := range []struct {
		path, accept string
		packed       bool
	}{
		{"/app.js", "gzip, deflate, br", true}, {"/app.js", "br;q=1, gzip;q=0.5", true},
		{"/app.js", "", false}, {"/app.js", "br", false}, {"/app.js", "gzip;q=0", false}, {"/app.js", "gzip;q=0.000", false},
		{"/icon-192.png", "gzip", false},
	} {
		w := get(c.path, "Accept-Encoding", c.accept)
		body := w.Body.Bytes()
		if packed := w.Header().Get("Content-Encoding") == "gzip"; packed != c.packed {
			t.Errorf("%s for %q: packed is %v", c.path, c.accept, packed)
		} else if packed {
			if len(body) > len(text)/4 {
				t.Errorf("%d of %d bytes", len(body), len(text))
			}
			unpacked, err := gzip.NewReader(bytes.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			if body, err = io.ReadAll(unpacked); err != nil {
				t.Fatal(err)
			}
		}
		if string(body) != text {
			t.Errorf("%s for %q is another file", c.path, c.accept)
		}
		again := get(c.path, "Accept-Encoding", c.accept, "If-None-Match", w.Header().Get("ETag"))
		if again.Code != 304 || again.Body.Len() > 0 {
			t.Errorf("%s for %q again: %d", c.path, c.accept, again.Code)
		}
	}
	if plain, packed := get("/app.js"), get("/app.js", "Accept-Encoding", "gzip"); plain.Header().Get("ETag") == packed.Header().Get("ETag") || plain.Header().Get("Vary") == "" {
		t.Error("a cache could take one for the other")
	}
}
