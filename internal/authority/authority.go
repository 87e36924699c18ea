// Package authority vouches for this computer to the devices of its room, and can
// vouch for nothing else: whoever took its key could pose as no site on the internet
// and as no other computer's name, for every certificate above it says so, and says
// it in a way that must not be passed over.
//
// It is made of two certificates. The root is what a device is asked to trust; its
// key signs once, when it is made, and is then forgotten. The issuer has the key that
// is kept. Not everybody who verifies heeds the limits of a root, which is trusted as
// it stands; the limits of an issuer everybody heeds.
package authority

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"time"
)

// How long things hold.
const (
	early   = 24 * time.Hour      // a device's clock may be so far behind ours
	forLeaf = 30 * 24 * time.Hour // what a door shows, from early on
	renewal = 10 * 24 * time.Hour // a door should show another when the one it shows has less left
	notice  = 42 * 24 * time.Hour // another authority is made so long before one ends: devices have to trust it first
)

// ranges are the addresses that no router carries to the internet.
var ranges = []netip.Prefix{
	netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("172.16.0.0/12"), netip.MustParsePrefix("192.168.0.0/16"),
	netip.MustParsePrefix("169.254.0.0/16"), netip.MustParsePrefix("fc00::/7"),
}

// Private says whether an address is one the authority can vouch for: of a private
// network, or of two computers that found no one to give them any.
func Private(a netip.Addr) bool {
	for _, p := range ranges {
		if p.Contains(a.Unmap()) && a.Zone() == "" {
			return true
		}
	}
	return false
}

// Authority is a root, the issuer beneath it and the issuer's key. It does not
// change, and is safe for concurrent use.
type Authority struct {
	root, issuer *x509.Certificate
	before       *x509.Certificate // the root whose place it took; nil for none
	key          *ecdsa.PrivateKey
}

// Old says whether its time is nearly over, so that it is time for another.
func (a *Authority) Old(now time.Time) bool { return now.Add(notice).After(a.end()) }

// end is when it can vouch for nothing any more.
func (a *Authority) end() time.Time {
	if a.issuer.NotAfter.Before(a.root.NotAfter) {
		return a.issuer.NotAfter
	}
	return a.root.NotAfter
}

// Renewed is when it took the place of another, which devices may still trust instead;
// the zero Time where it did not, or that is some weeks ago.
func (a *Authority) Renewed(now time.Time) time.Time {
	if at := a.root.NotBefore.Add(early); a.before != nil && now.Before(at.Add(notice)) {
		return at
	}
	return time.Time{}
}

// Name is the one name it can vouch for, NAME.local; "" for none.
func (a *Authority) Name() string {
	if names := a.issuer.PermittedDNSDomains; len(names) > 0 {
		return names[0]
	}
	return ""
}

// Root is the certificate that a device is asked to trust.
func (a *Authority) Root() *x509.Certificate { return a.root }

// Fingerprint is how two people at two screens see that they mean the same root.
func (a *Authority) Fingerprint() string {
	sum := sha256.Sum256(a.root.Raw)
	return strings.ReplaceAll(fmt.Sprintf("% X", sum), " ", ":")
}

// Vouch makes a certificate for this computer at its addresses, and for its name. Its
// key is new and is nowhere but in what is returned. An address that is not private
// is left out.
func (a *Authority) Vouch(addresses []netip.Addr, now time.Time) (*tls.Certificate, error) {
	key, err := newKey()
	if err != nil {
		return nil, err
	}
	t := &x509.Certificate{
		Subject:   pkix.Name{CommonName: "Stillpoint"},
		NotBefore: now.Add(-early), NotAfter: now.Add(forLeaf - early),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true,
	}
	if a.issuer.NotAfter.Before(t.NotAfter) {
		t.NotAfter = a.issuer.NotAfter
	}
	if name := a.Name(); name != "" {
		t.DNSNames = []string{name}
	}
	for _, at := range addresses {
		if Private(at) {
			t.IPAddresses = append(t.IPAddresses, at.Unmap().AsSlice())
		}
	}
	raw, err := x509.CreateCertificate(rand.Reader, t, a.issuer, key.Public(), a.key)
	if err != nil {
		return nil, fmt.Errorf("sign a certificate: %w", err)
	}
	leaf, err := x509.ParseCertificate(raw)
	return &tls.Certificate{Certificate: [][]byte{raw, a.issuer.Raw}, PrivateKey: key, Leaf: leaf}, err
}

// Holds says whether a door can go on showing a certificate at some addresses: it is
// good for all the private ones of them, and for a while yet, or for as long as any
// can be.
func (a *Authority) Holds(c *tls.Certificate, addresses []netip.Addr, now time.Time) bool {
	for _, at := range addresses {
		if Private(at) && c.Leaf.VerifyHostname("["+at.Unmap().String()+"]") != nil {
			return false
		}
	}
	return now.Add(renewal).Before(c.Leaf.NotAfter) || c.Leaf.NotAfter.Equal(a.issuer.NotAfter)
}

// founded is a new authority for a computer.
func founded(name string, now time.Time) (*Authority, error) {
	rootKey, err := newKey()
	if err != nil {
		return nil, err
	}
	a := &Authority{}
	if a.key, err = newKey(); err != nil {
		return nil, err
	}
	top := limited("Stillpoint", name, now)
	top.MaxPathLen = 1
	if a.root, err = signed(top, top, rootKey, rootKey); err != nil {
		return nil, err
	}
	under := limited("Stillpoint issuer", name, now)
	under.MaxPathLenZero = true
	under.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	a.issuer, err = signed(under, a.root, a.key, rootKey)
	return a, err
}

// limited is a certificate that may sign for a computer's name, the private
// addresses, and nothing else.
func limited(title, name string, now time.Time) *x509.Certificate {
	t := &x509.Certificate{
		Subject:   pkix.Name{Organization: []string{"Stillpoint"}, CommonName: strings.TrimSpace(title + " " + name)},
		NotBefore: now.Add(-early), NotAfter: now.Add(-early).AddDate(2, 0, 0),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
		PermittedDNSDomainsCritical: true, // all limits, whatever their kind
	}
	for _, p := range ranges {
		t.PermittedIPRanges = append(t.PermittedIPRanges, &net.IPNet{IP: p.Addr().AsSlice(), Mask: net.CIDRMask(p.Bits(), p.Addr().BitLen())})
	}
	if name != "" {
		t.PermittedDNSDomains = []string{name}
	} else {
		t.ExcludedDNSDomains = []string{""} // every name there is
	}
	return t
}

func newKey() (*ecdsa.PrivateKey, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("make a key: %w", err)
	}
	return key, nil
}

// signed is a certificate of a key, signed by the key of another.
func signed(t, by *x509.Certificate, key, byKey *ecdsa.PrivateKey) (*x509.Certificate, error) {
	raw, err := x509.CreateCertificate(rand.Reader, t, by, key.Public(), byKey)
	if err != nil {
		return nil, fmt.Errorf("sign a certificate: %w", err)
	}
	return x509.ParseCertificate(raw)
}
