package server

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"

	"stillpoint/internal/authority"
)

// trustRoutes are what a device of the practice needs to know this computer by: a page
// that says how and what it means, and the certificate in the two forms that systems
// take. All of it is public; the key is not here.
func (s *Server) trustRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET /trust", s.trustPage)
	mux.HandleFunc("GET /api/trust", s.trust)
	mux.HandleFunc("GET /stillpoint-ca.crt", s.certificate)
	mux.HandleFunc("GET /stillpoint-ca.mobileconfig", s.profile)
}

func (s *Server) trustPage(w http.ResponseWriter, r *http.Request) {
	page := r.Clone(r.Context())
	page.URL.Path = "/trust.html"
	s.static().ServeHTTP(w, page)
}

// vouching is the authority, once there is one, or an answer that there is none.
func (s *Server) vouching(w http.ResponseWriter) (*authority.Authority, bool) {
	s.outside.mu.Lock()
	a := s.outside.authority
	s.outside.mu.Unlock()
	if a == nil {
		refuse(w, http.StatusNotFound, "not-found", "There is a certificate once the network has been switched on.")
	}
	return a, a != nil
}

// trust says what the certificate is known by, and where a device goes that trusts it.
func (s *Server) trust(w http.ResponseWriter, _ *http.Request) {
	a, ok := s.vouching(w)
	if !ok {
		return
	}
	secure, _ := s.Reach()
	var usual string
	if len(secure) > 0 {
		usual = secure[0]
	}
	answer(w, http.StatusOK, struct {
		Fingerprint string `json:"fingerprint"`
		Name        string `json:"name"`
		Until       int64  `json:"until"` // ms since 1970
		Secure      string `json:"secure,omitempty"`
	}{a.Fingerprint(), a.Root().Subject.CommonName, a.Root().NotAfter.UnixMilli(), usual})
}

// certificate is the root, as every system but one takes it.
func (s *Server) certificate(w http.ResponseWriter, _ *http.Request) {
	if a, ok := s.vouching(w); ok {
		w.Header().Set("Content-Type", "application/x-x509-ca-cert")
		w.Header().Set("Content-Disposition", `attachment; filename="stillpoint-ca.crt"`)
		w.Header().Set("Cache-Control", "no-store")
		w.Write(a.Root().Raw)
	}
}

// profile is the root as an iPhone or iPad takes it.
func (s *Server) profile(w http.ResponseWriter, _ *http.Request) {
	a, ok := s.vouching(w)
	if !ok {
		return
	}
	w.Header().Set("Content-Type", "application/x-apple-aspen-config")
	w.Header().Set("Cache-Control", "no-store")
	io.WriteString(w, profileOf(a))
}

// profiles is a profile with its root (1), name (2) and the ids of what is in it (3) and of itself (4).
// Package text/template would write it as well, and make the program 2.4 MB larger.
const profiles = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
	<key>PayloadContent</key>
	<array>
		<dict>
			<key>PayloadCertificateFileName</key><string>stillpoint-ca.crt</string>
			<key>PayloadContent</key><data>%[1]s</data>
			<key>PayloadDisplayName</key><string>%[2]s</string>
			<key>PayloadIdentifier</key><string>stillpoint.authority.%[3]s</string>
			<key>PayloadType</key><string>com.apple.security.root</string>
			<key>PayloadUUID</key><string>%[3]s</string>
			<key>PayloadVersion</key><integer>1</integer>
		</dict>
	</array>
	<key>PayloadDisplayName</key><string>%[2]s</string>
	<key>PayloadIdentifier</key><string>stillpoint.%[4]s</string>
	<key>PayloadType</key><string>Configuration</string>
	<key>PayloadUUID</key><string>%[4]s</string>
	<key>PayloadVersion</key><integer>1</integer>
</dict>
</plist>
`

// profileOf is the root as a profile, the same for the same root. The name has letters, digits, dots and hyphens
// alone, so that it needs no escape.
func profileOf(a *authority.Authority) string {
	root := a.Root()
	sum := sha256.Sum256(root.Raw)
	return fmt.Sprintf(profiles, base64.StdEncoding.EncodeToString(root.Raw), root.Subject.CommonName, uuidOf(sum[:16]), uuidOf(sum[16:]))
}

// uuidOf writes sixteen bytes as an id.
func uuidOf(b []byte) string {
	return fmt.Sprintf("%X-%X-%X-%X-%X", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
