package browser

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// taken is the certificate authority of a house in the hands of somebody who took it.
type taken struct {
	key          *ecdsa.PrivateKey
	issuer, root *x509.Certificate
}

func (h *house) authority(t testing.TB) (a taken) {
	t.Helper()
	rest, err := os.ReadFile(filepath.Join(h.data, "authority", "authority.pem"))
	if err != nil {
		t.Fatal(err)
	}
	var blocks [3][]byte
	for i := range blocks {
		var b *pem.Block
		b, rest = pem.Decode(rest)
		blocks[i] = b.Bytes
	}
	key, err := x509.ParsePKCS8PrivateKey(blocks[0])
	if err != nil {
		t.Fatal(err)
	}
	a.key = key.(*ecdsa.PrivateKey)
	if a.issuer, err = x509.ParseCertificate(blocks[1]); err != nil {
		t.Fatal(err)
	}
	if a.root, err = x509.ParseCertificate(blocks[2]); err != nil {
		t.Fatal(err)
	}
	return a
}

// poses is a server that says it is somebody, with a certificate by the stolen key.
// It returns the port.
func (a taken) poses(t testing.TB, as string) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	leaf := &x509.Certificate{NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
	if ip := net.ParseIP(as); ip != nil {
		leaf.IPAddresses = []net.IP{ip}
	} else {
		leaf.DNSNames = []string{as}
	}
	raw, err := x509.CreateCertificate(rand.Reader, leaf, a.issuer, key.Public(), a.key)
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("<title>taken for another</title>")) }))
	s.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{raw, a.issuer.Raw}, PrivateKey: key}}}
	s.Config.ErrorLog = log.New(io.Discard, "", 0) // a browser that hangs up is what is wanted
	s.StartTLS()
	t.Cleanup(s.Close)
	_, port, _ := net.SplitHostPort(s.Listener.Addr().String())
	return port
}

// trusting starts a browser that has been asked to trust the root, for which every
// address is this computer.
func (a taken) trusting(t testing.TB) context.Context {
	t.Helper()
	if _, err := exec.LookPath("certutil"); err != nil {
		missing(t, "certutil (libnss3-tools)")
	}
	home := t.TempDir()
	store := filepath.Join(home, ".pki", "nssdb")
	if err := os.MkdirAll(store, 0o700); err != nil {
		t.Fatal(err)
	}
	root := filepath.Join(home, "root.crt")
	if err := os.WriteFile(root, a.root.Raw, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, words := range [][]string{{"-N", "--empty-password"}, {"-A", "-n", "Stillpoint", "-t", "C,,", "-i", root}} {
		if out, err := exec.Command("certutil", append(words, "-d", "sql:"+store)...).CombinedOutput(); err != nil {
			t.Fatalf("certutil: %v %s", err, out)
		}
	}
	browser, end, err := startChromium("HOME="+home, "--host-resolver-rules=MAP * 127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(end)
	return browser
}

// keepsItself registers the service worker, which a browser does at an address it
// trusts and at no other.
const keepsItself = `navigator.serviceWorker.register(
	trustedTypes.createPolicy('stillpoint', { createScriptURL: (url) => url }).createScriptURL('/sw.js'),
).then(() => 'kept', String)`

// TestABrowserHeedsTheLimits: a browser that trusts the root opens the page by this
// computer's name without a warning, as a place where everything works; and whoever
// took the key poses in vain as anybody that is not on a private network.
func TestABrowserHeedsTheLimits(t *testing.T) {
	t.Parallel()
	h, on := newNetworkedHouse(t)
	a := h.authority(t)
	if len(a.root.PermittedDNSDomains) == 0 {
		t.Fatal("this computer has no name of its own to be found by")
	}
	name := a.root.PermittedDNSDomains[0]
	ctx, closed := chromedp.NewContext(a.trusting(t))
	defer closed()
	port := on.Addresses[0][strings.LastIndex(on.Addresses[0], ":")+1:]
	if err := chromedp.Do(ctx, chromedp.Navigate("https://"+name+":"+port+"/trust")); err != nil {
		t.Fatalf("the page by its name: %v", err)
	}
	d := &device{t: t, ctx: ctx, house: h}
	d.await("document.querySelector('.fingerprint')?.textContent.length > 60")
	if kept := ask[string](d, keepsItself); kept != "kept" {
		t.Errorf("its service worker: %s", kept)
	}
	for as, fine := range map[string]bool{
		name: true, "192.168.77.20": true, "10.1.2.3": true, "169.254.3.4": true,
		"example.com": false, "other.local": false, "8.8.8.8": false, "172.32.0.1": false,
	} {
		err := chromedp.Do(ctx, chromedp.Navigate("https://"+as+":"+a.poses(t, as)+"/"))
		if fine && err != nil {
			t.Errorf("as %s: %v", as, err)
		}
		if !fine && (err == nil || !strings.Contains(err.Error(), "ERR_CERT")) {
			t.Errorf("as %s: a browser believes it, or says %v", as, err)
		}
	}
}
