package server

import (
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// policy lets a page load what this server serves and nothing else, and play what
// it has kept of that. Lit makes its templates through one Trusted Types policy, and
// the page names its service worker through the other; no third may exist.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; " +
	"frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html stillpoint"

// guard stands before every route, at every door: the exact Host of the address that
// was reached, or 421 (no rebinding a name to us); the exact Origin on everything that
// is not a plain read; never a read from another site; and what nobody has a right to
// goes no further (see rights).
func (s *Server) guard(next *http.ServeMux) http.Handler {
	cross := http.NewCrossOriginProtection()
	return cross.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		e := s.entranceOf(r)
		usual := e.Kind.scheme() + "://" + e.hosts[0]
		switch {
		case !slices.Contains(e.hosts, strings.ToLower(r.Host)):
			refuse(w, http.StatusMisdirectedRequest, "not-allowed", "This address is not one Stillpoint answers to. Open "+usual+" instead.")
		case foreign(r):
			refuse(w, http.StatusForbidden, "not-allowed", "This request came from another site.")
		case r.Method != http.MethodGet && r.Method != http.MethodHead && !sameOrigin(r):
			refuse(w, http.StatusForbidden, "not-allowed", "This request needs an Origin, and it is "+usual+".")
		default:
			s.admit(w, r, next)
		}
	}))
}

// foreign says whether a browser tells us that another site asks. A person who
// follows a link or types an address is "none".
func foreign(r *http.Request) bool {
	from := r.Header.Get("Sec-Fetch-Site")
	navigates := r.Header.Get("Sec-Fetch-Mode") == "navigate" && r.Header.Get("Sec-Fetch-Dest") == "document"
	return (from == "cross-site" || from == "same-site") && !navigates
}

// sameOrigin demands an Origin and compares it whole: the door's scheme, host and
// port. A parsed comparison, never a pattern.
func sameOrigin(r *http.Request) bool {
	origins := r.Header["Origin"]
	if len(origins) != 1 {
		return false
	}
	u, err := url.Parse(origins[0])
	return err == nil && u.Scheme == doorOf(r).Kind.scheme() && u.User == nil && u.Path == "" && strings.EqualFold(u.Host, r.Host)
}

// Hosts is every Host header that means the address listened on: the address
// itself and, for the loopback, the names it goes by.
func Hosts(address string) []string {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return []string{address}
	}
	names := []string{host}
	if ip := net.ParseIP(host); ip != nil && ip.IsLoopback() {
		names = append(names, "localhost", "127.0.0.1")
		if ip.To4() == nil {
			names = []string{"::1", "localhost"}
		}
	}
	number, _ := strconv.Atoi(port)
	var hosts []string
	for _, n := range names {
		for _, h := range hostsOf(n, number, Local) {
			if !slices.Contains(hosts, h) {
				hosts = append(hosts, h)
			}
		}
	}
	return hosts
}

// hostsOf is a name with its port and, where the port is the one that goes without
// saying, without it.
func hostsOf(name string, port int, kind doorKind) []string {
	hosts := []string{net.JoinHostPort(name, strconv.Itoa(port))}
	if usual := map[string]int{"http": 80, "https": 443}; port == usual[kind.scheme()] {
		bare, _ := strings.CutSuffix(hosts[0], ":"+strconv.Itoa(port))
		hosts = append(hosts, bare)
	}
	return hosts
}

// split is an address's host and port.
func split(a net.Addr) (host string, port int) {
	host, number, _ := net.SplitHostPort(a.String())
	port, _ = strconv.Atoi(number)
	return host, port
}
