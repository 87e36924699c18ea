package server

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"maps"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"
	"time"
)

// asset is one file of the page.
type asset struct {
	tag    string        // what its content is known by
	packed func() []byte // the content compressed; nil where that would not make it smaller
}

func assetsOf(web fs.FS) map[string]asset {
	assets := map[string]asset{}
	fs.WalkDir(web, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			if body, err := fs.ReadFile(web, name); err == nil {
				assets[name] = asset{tagOf(body), packing(name, body)}
			}
		}
		return nil
	})
	return assets
}

// packing compresses text when it is first asked for: a phone on a slow line waits
// for every byte.
func packing(name string, body []byte) func() []byte {
	if !slices.Contains([]string{".html", ".js", ".css", ".json", ".webmanifest", ".svg"}, path.Ext(name)) {
		return nil
	}
	return sync.OnceValue(func() []byte {
		var b bytes.Buffer
		w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
		w.Write(body) // to memory
		w.Close()
		return b.Bytes()
	})
}

// unpacks says whether whoever asks takes gzip.
func unpacks(r *http.Request) bool {
	for taken := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, weight, _ := strings.Cut(taken, ";")
		if strings.TrimSpace(name) == "gzip" {
			q, found := strings.CutPrefix(strings.TrimSpace(weight), "q=")
			return !found || strings.Trim(q, "0.") != ""
		}
	}
	return false
}

func tagOf(content []byte) string {
	sum := sha256.Sum256(content)
	return `"` + hex.EncodeToString(sum[:8]) + `"`
}

// shell tells a browser all that a page is made of, and what that is known by as a
// whole: what it keeps for when this server is gone is of one piece.
func (s *Server) shell(w http.ResponseWriter, _ *http.Request) {
	files := slices.Sorted(maps.Keys(s.assets))
	var all strings.Builder
	for i, name := range files {
		all.WriteString(name + s.assets[name].tag)
		files[i] = "/" + strings.TrimSuffix(name, "index.html")
	}
	answer(w, http.StatusOK, map[string]any{"tag": strings.Trim(tagOf([]byte(all.String())), `"`), "files": files})
}

// static serves the files as they are written, and compressed to whoever takes
// that. A browser asks each time whether
// a file has changed, so that an upgrade is never half old; on the loopback that
// costs nothing one could notice.
func (s *Server) static() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
		if name == "" {
			name = "index.html"
		}
		file, ok := s.assets[name]
		if !ok {
			s.missing(w, r)
			return
		}
		h := w.Header()
		h.Set("Cache-Control", "no-cache")
		h.Set("ETag", file.tag)
		if ct := mediaType(name); ct != "" {
			h.Set("Content-Type", ct)
		}
		if file.packed == nil {
			http.ServeFileFS(w, r, s.Web, name)
			return
		}
		h.Set("Vary", "Accept-Encoding")
		if !unpacks(r) {
			http.ServeFileFS(w, r, s.Web, name)
			return
		}
		h.Set("ETag", strings.TrimSuffix(file.tag, `"`)+`-gzip"`)
		h.Set("Content-Encoding", "gzip")
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(file.packed()))
	})
}

// missing sends a lost person to the first page, and tells a program plainly.
// Nobody is shown a browser's white error page.
func (s *Server) missing(w http.ResponseWriter, r *http.Request) {
	if strings.Contains(r.Header.Get("Accept"), "text/html") {
		http.Redirect(w, r, "/", http.StatusSeeOther)
		return
	}
	refuse(w, http.StatusNotFound, "not-found", "There is nothing at this address.")
}

// mediaType names the types we serve, whatever the machine's own table says.
func mediaType(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".json":
		return "application/json; charset=utf-8"
	case ".webmanifest":
		return "application/manifest+json; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".woff2":
		return "font/woff2"
	}
	return ""
}
