package authority

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"net"
	"net/netip"
	"testing"
	"time"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func made(t *testing.T, name string) *Authority {
	t.Helper()
	a, err := Open(t.TempDir(), name, noon)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// trusts says whether a device that has the root, and nothing else, takes a
// certificate for a name or address.
func (a *Authority) trusts(c *tls.Certificate, host string, at time.Time) error {
	roots, between := x509.NewCertPool(), x509.NewCertPool()
	roots.AddCert(a.root)
	for _, raw := range c.Certificate[1:] {
		one, err := x509.ParseCertificate(raw)
		if err != nil {
			return err
		}
		between.AddCert(one)
	}
	_, err := c.Leaf.Verify(x509.VerifyOptions{DNSName: host, Roots: roots, Intermediates: between, CurrentTime: at, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}})
	return err
}

// forged is a certificate made by somebody who took the key.
func (a *Authority) forged(t *testing.T, names, addresses []string, usage x509.ExtKeyUsage) *tls.Certificate {
	t.Helper()
	key, err := newKey()
	if err != nil {
		t.Fatal(err)
	}
	f := &x509.Certificate{Subject: pkix.Name{CommonName: "forged"}, NotBefore: noon.Add(-time.Hour), NotAfter: noon.Add(time.Hour), DNSNames: names,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{usage}}
	for _, ip := range addresses {
		f.IPAddresses = append(f.IPAddresses, net.ParseIP(ip))
	}
	leaf, err := signed(f, a.issuer, key, a.key)
	if err != nil {
		t.Fatal(err)
	}
	return &tls.Certificate{Certificate: [][]byte{leaf.Raw, a.issuer.Raw}, Leaf: leaf}
}

// TestItVouchesForThisComputer, at its private addresses and by its name.
func TestItVouchesForThisComputer(t *testing.T) {
	a := made(t, "room.local")
	var addresses []netip.Addr
	for _, text := range []string{"192.168.1.20", "10.1.2.3", "172.31.0.1", "169.254.7.7", "fd00::2", "192.0.2.2", "127.0.0.1", "8.8.8.8"} {
		addresses = append(addresses, netip.MustParseAddr(text))
	}
	c, err := a.Vouch(addresses, noon)
	if err != nil {
		t.Fatal(err)
	}
	for _, host := range []string{"room.local", "ROOM.local", "192.168.1.20", "10.1.2.3", "172.31.0.1", "169.254.7.7", "[fd00::2]"} {
		if err := a.trusts(c, host, noon); err != nil {
			t.Errorf("%s: %v", host, err)
		}
	}
	for _, host := range []string{"192.0.2.2", "127.0.0.1", "8.8.8.8", "localhost", "other.local", "192.168.1.21"} {
		if a.trusts(c, host, noon) == nil {
			t.Errorf("it vouches for %s", host)
		}
	}
	if len(c.Certificate) != 2 || len(c.Leaf.ExtKeyUsage) != 1 || c.Leaf.ExtKeyUsage[0] != x509.ExtKeyUsageServerAuth || c.Leaf.IsCA {
		t.Errorf("the leaf: %v, of %d", c.Leaf.ExtKeyUsage, len(c.Certificate))
	}
	if !a.Holds(c, addresses, noon) || a.Holds(c, []netip.Addr{netip.MustParseAddr("192.168.1.21")}, noon) || a.Holds(c, addresses, noon.Add(20*24*time.Hour)) {
		t.Error("it is shown where, or when, another should be")
	}
}

// TestItsKeyIsWorthNothingElsewhere: whoever has it can vouch for no other place, not
// even beside a place that is allowed, and for no other purpose.
func TestItsKeyIsWorthNothingElsewhere(t *testing.T) {
	web, mail := x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageEmailProtection
	for _, name := range []string{"room.local", ""} {
		a := made(t, name)
		for _, c := range []struct {
			names, addresses []string
			host             string
			usage            x509.ExtKeyUsage
			fine             bool
		}{
			{nil, []string{"192.168.1.20"}, "192.168.1.20", web, true},
			{[]string{"room.local"}, nil, "room.local", web, name != ""},
			{[]string{"deep.room.local"}, nil, "deep.room.local", web, name != ""},
			{[]string{"example.com"}, nil, "example.com", web, false},
			{[]string{"example.com"}, []string{"192.168.1.20"}, "example.com", web, false},
			{[]string{"example.com"}, []string{"192.168.1.20"}, "192.168.1.20", web, false},
			{[]string{"other.local"}, nil, "other.local", web, false},
			{[]string{"evil-room.local"}, nil, "evil-room.local", web, false},
			{[]string{"local"}, nil, "local", web, false},
			{[]string{"*.local"}, nil, "room.local", web, false},
			{[]string{"localhost"}, nil, "localhost", web, false},
			{nil, []string{"8.8.8.8"}, "8.8.8.8", web, false},
			{nil, []string{"127.0.0.1"}, "127.0.0.1", web, false},
			{nil, []string{"192.0.2.2"}, "192.0.2.2", web, false},
			{nil, []string{"172.32.0.1"}, "172.32.0.1", web, false},
			{nil, []string{"2001:db8::1"}, "[2001:db8::1]", web, false},
			{nil, []string{"fe80::1"}, "[fe80::1]", web, false},
			{nil, []string{"192.168.1.20"}, "192.168.1.20", mail, false},
		} {
			forged := a.forged(t, c.names, c.addresses, c.usage)
			if err := a.trusts(forged, c.host, noon); (err == nil) != c.fine {
				t.Errorf("the authority of %q vouches for %v %v as %s: %v", name, c.names, c.addresses, c.host, err)
			}
		}
		a.makesNoOther(t)
	}
}

// makesNoOther: an authority beneath the issuer is worth nothing, even for what the
// issuer may vouch for itself.
func (a *Authority) makesNoOther(t *testing.T) {
	t.Helper()
	under, _ := newKey()
	below, err := signed(limited("Below", a.Name(), noon), a.issuer, under, a.key)
	if err != nil {
		t.Fatal(err)
	}
	deep := (&Authority{root: a.root, issuer: below, key: under}).forged(t, nil, []string{"192.168.1.20"}, x509.ExtKeyUsageServerAuth)
	deep.Certificate = append(deep.Certificate, a.issuer.Raw)
	if a.trusts(deep, "192.168.1.20", noon) == nil {
		t.Error("an authority below it is trusted")
	}
}

// TestItsLimitsMustBeHeeded: they are critical, in both certificates, the root's key
// is nowhere, and neither outlasts two years.
func TestItsLimitsMustBeHeeded(t *testing.T) {
	constraints := asn1.ObjectIdentifier{2, 5, 29, 30}
	a := made(t, "room.local")
	for _, c := range []*x509.Certificate{a.root, a.issuer} {
		critical := false
		for _, e := range c.Extensions {
			critical = critical || e.Id.Equal(constraints) && e.Critical
		}
		if !critical || len(c.PermittedIPRanges) != len(ranges) || len(c.PermittedDNSDomains) != 1 {
			t.Errorf("%s: critical %v, %v, %v", c.Subject, critical, c.PermittedIPRanges, c.PermittedDNSDomains)
		}
		if c.KeyUsage != x509.KeyUsageCertSign || !c.IsCA || c.NotAfter.After(c.NotBefore.AddDate(2, 0, 0)) {
			t.Errorf("%s: usage %v until %v", c.Subject, c.KeyUsage, c.NotAfter)
		}
	}
	if a.root.MaxPathLen != 1 || a.issuer.MaxPathLen != 0 || !a.issuer.MaxPathLenZero {
		t.Errorf("paths of %d and %d", a.root.MaxPathLen, a.issuer.MaxPathLen)
	}
	if a.key.PublicKey.Equal(a.root.PublicKey) {
		t.Error("the kept key is the root’s")
	}
}

// TestALeafIsShort: thirty days at most, with a key of its own each time, and never
// longer than what stands above it.
func TestALeafIsShort(t *testing.T) {
	a := made(t, "room.local")
	one, err := a.Vouch(nil, noon)
	if err != nil {
		t.Fatal(err)
	}
	two, _ := a.Vouch(nil, noon)
	if one.Leaf.NotAfter.Sub(one.Leaf.NotBefore) > 30*24*time.Hour || one.Leaf.NotAfter.Before(noon.Add(renewal)) {
		t.Errorf("from %v to %v", one.Leaf.NotBefore, one.Leaf.NotAfter)
	}
	if bytes.Equal(one.Leaf.RawSubjectPublicKeyInfo, two.Leaf.RawSubjectPublicKeyInfo) || one.Leaf.SerialNumber.Cmp(two.Leaf.SerialNumber) == 0 {
		t.Error("two of them are one")
	}
	last, err := a.Vouch(nil, a.issuer.NotAfter.Add(-time.Hour))
	if err != nil || last.Leaf.NotAfter.After(a.issuer.NotAfter) {
		t.Errorf("until %v, under an issuer until %v: %v", last.Leaf.NotAfter, a.issuer.NotAfter, err)
	}
	if !a.Holds(last, nil, a.issuer.NotAfter.Add(-time.Minute)) {
		t.Error("there is none that holds longer, and it is made anew again and again")
	}
	if a.trusts(one, "room.local", one.Leaf.NotAfter.Add(time.Minute)) == nil {
		t.Error("it is trusted when its time is over")
	}
}

func TestNameOf(t *testing.T) {
	for host, want := range map[string]string{
		"room": "room.local", "Room-2": "room-2.local", "room.example.org": "room.local", "room.local": "room.local",
		"": "", "localhost": "", "-room": "", "room-": "", "räume": "", "a b": "", "*": "", ".": "",
	} {
		if got := NameOf(host); got != want {
			t.Errorf("%q is called %q, want %q", host, got, want)
		}
	}
}

// TestForeignKeysAreOther: what one computer's authority vouches for, another's does not.
func TestForeignKeysAreOther(t *testing.T) {
	a, b := made(t, "room.local"), made(t, "room.local")
	c, err := a.Vouch([]netip.Addr{netip.MustParseAddr("10.0.0.1")}, noon)
	if err != nil {
		t.Fatal(err)
	}
	if b.trusts(c, "10.0.0.1", noon) == nil || a.Fingerprint() == b.Fingerprint() || len(a.Fingerprint()) != 95 {
		t.Errorf("%s and %s", a.Fingerprint(), b.Fingerprint())
	}
}
