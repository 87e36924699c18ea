package authority

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// fileName is where a folder has its authority: the issuer's key, both certificates,
// and the root whose place it took.
const fileName = "authority.pem"

// maxFile is more than a key and two certificates take.
const maxFile = 16 << 10

// NameOf is what other devices call a computer on a local network, from what it calls
// itself; "" where it has no name of its own.
func NameOf(hostname string) string {
	label, _, _ := strings.Cut(strings.ToLower(hostname), ".")
	fits := label != "" && len(label) <= 63 && label != "localhost" && label[0] != '-' && label[len(label)-1] != '-'
	if !fits || strings.Trim(label, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		return ""
	}
	return label + ".local"
}

// Open is the authority of a folder. It is made, for a computer of this name, where
// there is none or its time is nearly over; the folder is then for this person alone.
// One that cannot be kept does not take the place of one that is still good.
func Open(folder, name string, now time.Time) (*Authority, error) {
	file := filepath.Join(folder, fileName)
	was, err := load(file)
	switch {
	case err == nil && !was.Old(now):
		return was, nil
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return nil, err
	}
	a, err := founded(name, now)
	if err == nil {
		if was != nil {
			a.before = was.root
		}
		err = a.save(file)
	}
	switch {
	case err == nil:
		return a, nil
	case was != nil && now.Before(was.end()):
		return was, nil
	}
	return nil, fmt.Errorf("keep the certificate authority: %w", err)
}

// load reads an authority, and holds it to what it has to be.
func load(file string) (*Authority, error) {
	kept, err := os.Stat(file)
	if err != nil {
		return nil, err
	}
	if runtime.GOOS != "windows" && kept.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("%s has a key in it, and others on this computer may read it. You might delete it: Stillpoint makes another, which your devices are then asked to trust instead", file)
	}
	if kept.Size() > maxFile {
		return nil, unreadable(file, errors.New("it is too long"))
	}
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	a, err := read(content)
	if err != nil {
		return nil, unreadable(file, err)
	}
	return a, nil
}

func unreadable(file string, err error) error {
	return fmt.Errorf("%s is no certificate authority (%w). You might delete it: Stillpoint makes another, which your devices are then asked to trust instead", file, err)
}

// read is an authority from its file's content.
func read(content []byte) (*Authority, error) {
	a := &Authority{}
	var certificates []*x509.Certificate
	for block, rest := pem.Decode(content); block != nil; block, rest = pem.Decode(rest) {
		switch block.Type {
		case "PRIVATE KEY":
			key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
			if err != nil {
				return nil, err
			}
			a.key, _ = key.(*ecdsa.PrivateKey)
		case "CERTIFICATE":
			c, err := x509.ParseCertificate(block.Bytes)
			if err != nil {
				return nil, err
			}
			certificates = append(certificates, c)
		}
	}
	if n := len(certificates); a.key == nil || n < 2 || n > 3 {
		return nil, errors.New("there should be a key and two certificates in it, and perhaps a third")
	}
	a.issuer, a.root = certificates[0], certificates[1]
	if len(certificates) > 2 {
		a.before = certificates[2]
	}
	return a, a.check()
}

// check says what is wrong with an authority: its parts have to be of one piece, and
// to have limits.
func (a *Authority) check() error {
	switch {
	case !a.key.PublicKey.Equal(a.issuer.PublicKey):
		return errors.New("the key is another’s")
	case a.issuer.CheckSignatureFrom(a.root) != nil:
		return errors.New("the two certificates do not belong together")
	case !a.issuer.PermittedDNSDomainsCritical || len(a.issuer.PermittedIPRanges) == 0:
		return errors.New("it could vouch for anything")
	}
	return nil
}

// save writes the authority whole or not at all, for this person alone.
func (a *Authority) save(file string) (err error) {
	folder := filepath.Dir(file)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	content, err := a.content()
	if err != nil {
		return err
	}
	draft, err := os.CreateTemp(folder, ".authority-*") // for this person alone
	if err != nil {
		return err
	}
	_, err = draft.Write(content)
	if err == nil {
		err = draft.Sync()
	}
	if closed := draft.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(draft.Name(), file)
	}
	if err != nil {
		os.Remove(draft.Name())
	}
	return err
}

func (a *Authority) content() ([]byte, error) {
	key, err := x509.MarshalPKCS8PrivateKey(a.key)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	pem.Encode(&b, &pem.Block{Type: "PRIVATE KEY", Bytes: key}) // to memory
	pem.Encode(&b, &pem.Block{Type: "CERTIFICATE", Bytes: a.issuer.Raw})
	pem.Encode(&b, &pem.Block{Type: "CERTIFICATE", Bytes: a.root.Raw})
	if a.before != nil {
		pem.Encode(&b, &pem.Block{Type: "CERTIFICATE", Bytes: a.before.Raw})
	}
	return b.Bytes(), nil
}
