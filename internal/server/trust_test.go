package server

import (
	"bytes"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// answered is what this computer's own page is answered at a path.
func (s *Server) answered(path string) (int, http.Header, []byte) {
	r := httptest.NewRequest("GET", path, nil)
	r.Host = address
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	return w.Code, w.Header(), w.Body.Bytes()
}

// TestWhatADeviceIsAskedToTrust: the root and nothing else, in both forms, under the
// fingerprint that the guide sees; and there is none before there is a network.
func TestWhatADeviceIsAskedToTrust(t *testing.T) {
	s := networked(t, t.TempDir(), here4)
	ways := map[string]string{"/api/trust": "application/json", "/stillpoint-ca.crt": "application/x-x509-ca-cert", "/stillpoint-ca.mobileconfig": "application/x-apple-aspen-config"}
	for path := range ways {
		if code, _, _ := s.answered(path); code != 404 {
			t.Errorf("%s before there is one: %d", path, code)
		}
	}
	_, on := s.asksNetwork(t, "PUT", `{"on":true}`)
	key, err := os.ReadFile(filepath.Join(s.Data, "authority", "authority.pem"))
	if err != nil {
		t.Fatal(err)
	}
	secret := strings.Fields(string(key))[4] // the key's first line
	for path, want := range ways {
		code, h, body := s.answered(path)
		if code != 200 || !strings.HasPrefix(h.Get("Content-Type"), want) || h.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %v", path, code, h)
		}
		if bytes.Contains(body, []byte("PRIVATE")) || bytes.Contains(body, []byte(secret)) {
			t.Errorf("%s has the key in it", path)
		}
	}
	var said struct{ Fingerprint, Secure string }
	_, _, body := s.answered("/api/trust")
	if err := json.Unmarshal(body, &said); err != nil || said.Fingerprint != on.Fingerprint || said.Secure != on.Addresses[0] {
		t.Errorf("%s, %+v", body, on)
	}
	_, _, root := s.answered("/stillpoint-ca.crt")
	c, err := x509.ParseCertificate(root)
	if err != nil || !c.Equal(s.outside.authority.Root()) || !c.PermittedDNSDomainsCritical {
		t.Errorf("the certificate: %v", err)
	}
	_, _, profile := s.answered("/stillpoint-ca.mobileconfig")
	if !bytes.Contains(profile, []byte("<data>"+base64.StdEncoding.EncodeToString(root)+"</data>")) {
		t.Error("the profile has another certificate")
	}
	for d := xml.NewDecoder(bytes.NewReader(profile)); ; {
		if _, err := d.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatalf("the profile: %v", err)
		}
	}
	if _, _, again := s.answered("/stillpoint-ca.mobileconfig"); !bytes.Equal(again, profile) {
		t.Error("asked again, the profile is another, and would be installed twice")
	}
}
