package server

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"maps"
	"net/http"
	"path"
	"slices"
	"strings"
)

// tagsOf is what the content of each file is known by.
func tagsOf(web fs.FS) map[string]string {
	tags := map[string]string{}
	fs.WalkDir(web, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			if body, err := fs.ReadFile(web, name); err == nil {
				tags[name] = tagOf(body)
			}
		}
		return nil
	})
	return tags
}

func tagOf(content []byte) string {
	sum := sha256.Sum256(content)
	return `"` + hex.EncodeToString(sum[:8]) + `"`
}

// shell tells a browser all that a page is made of, and what that is known by as a
// whole: what it keeps for when this server is gone is of one piece.
func (s *Server) shell(w http.ResponseWriter, _ *http.Request) {
	files := slices.Sorted(maps.Keys(s.tags))
	var all strings.Builder
	for i, name := range files {
		all.WriteString(name + s.tags[name])
		files[i] = "/" + strings.TrimSuffix(name, "index.html")
	}
	answer(w, http.StatusOK, map[string]any{"tag": strings.Trim(tagOf([]byte(all.String())), `"`), "files": files})
}

// static serves the files as they are written. A browser asks each time whether
// a file has changed, so that an upgrade is never half old; on the loopback that
// costs nothing one could notice.
func (s *Server) static() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
		if name == "" {
			name = "index.html"
		}
		tag, ok := s.tags[name]
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
