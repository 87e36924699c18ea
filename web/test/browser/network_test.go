package browser

import (
	"bytes"
	"encoding/json"
	"net/http"
	"testing"
	"time"
)

// reached is the network of a house, as its guide sees it.
type reached struct {
	On          bool
	Addresses   []string // of the encrypted door, https://…
	Plain       []string
	Fingerprint string
	Refused     string
}

// newNetworkedHouse is a house whose network is on. Its doors stand at the loopback,
// in the place of a private address: not every computer that runs this has one.
func newNetworkedHouse(t testing.TB) (*house, reached) {
	t.Helper()
	needChromium(t)
	h := &house{data: t.TempDir(), programs: t.TempDir(), flags: []string{"--network-address", "127.0.0.1", "--secure-port", "0", "--plain-port", "0"}}
	h.begun(t)
	on := h.network(t, true)
	if len(on.Addresses) != 1 || len(on.Plain) != 1 {
		t.Fatalf("the network is not on: %+v", on)
	}
	return h, on
}

// network switches the network of a house.
func (h *house) network(t testing.TB, on bool) (seen reached) {
	t.Helper()
	h.ask(t, http.MethodPut, "/api/network", map[string]bool{"on": on}, &seen)
	return seen
}

// ask asks the house as its own page does, and takes the answer apart.
func (h *house) ask(t testing.TB, method, path string, what, answer any) {
	t.Helper()
	body, _ := json.Marshal(what)
	r, err := http.NewRequestWithContext(t.Context(), method, h.url+path, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Origin", h.url)
	res, err := (&http.Client{Timeout: 5 * time.Second}).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if err := json.NewDecoder(res.Body).Decode(answer); err != nil || res.StatusCode/100 != 2 {
		t.Fatalf("%s %s: %s %v", method, path, res.Status, err)
	}
}
