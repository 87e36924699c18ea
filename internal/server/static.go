package server

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

// static serves the files as they are written. A browser asks each time whether
// a file has changed, so that an upgrade is never half old; on the loopback that
// costs nothing one could notice.
func (s *Server) static() http.Handler {
	tags := map[string]string{}
	fs.WalkDir(s.Web, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			if body, err := fs.ReadFile(s.Web, name); err == nil {
				sum := sha256.Sum256(body)
				tags[name] = `"` + hex.EncodeToString(sum[:8]) + `"`
			}
		}
		return nil
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
		if name == "" {
			name = "index.html"
		}
		tag, ok := tags[name]
		if !ok {
			s.missing(w, r)
			return
		}
		h := w.Header()
		h.Set("Cache-Control", "no-cache")
		h.Set("ETag", tag)
		if ct := mediaType(name); ct != "" {
			h.Set("Content-Type", ct)
		}
		http.ServeFileFS(w, r, s.Web, name)
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
	case ".json", ".webmanifest":
		return "application/json; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".woff2":
		return "font/woff2"
	}
	return ""
}
