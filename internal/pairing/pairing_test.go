package pairing

import (
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"stillpoint/internal/session"
)

// noon is when every test begins.
var noon = time.UnixMilli(1_800_000_000_000)

const secure = "secure 7443"

var phone = netip.MustParseAddr("192.168.1.31")

func code(err error) string {
	var no *session.Refusal
	if errors.As(err, &no) {
		return no.Code
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func invited(t *testing.T, r *Register, role session.Role, now time.Time) Invitation {
	t.Helper()
	i, err := r.Invite(Invitation{Room: "one", Role: role, Name: "Tablet"}, now)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// came is a device of a role, and its secret.
func came(t *testing.T, r *Register, role session.Role, now time.Time) (Device, string) {
	t.Helper()
	d, private, err := r.Pair(Knock{Token: invited(t, r, role, now).Token, Door: secure, From: phone}, now)
	if err != nil {
		t.Fatal(err)
	}
	return d, private
}

// An invitation lets one device in, once, within two minutes.
func TestAnInvitationIsForOneDevice(t *testing.T) {
	for name, c := range map[string]struct {
		bring func(i, other Invitation) Knock
		after time.Duration
		twice bool
		want  string
	}{
		"the token":                       {bring: func(i, _ Invitation) Knock { return Knock{Token: i.Token} }},
		"the number":                      {bring: func(i, _ Invitation) Knock { return Knock{Number: i.Number} }},
		"the token, almost too late":      {bring: func(i, _ Invitation) Knock { return Knock{Token: i.Token} }, after: OpenFor - 1},
		"the token, too late":             {bring: func(i, _ Invitation) Knock { return Knock{Token: i.Token} }, after: OpenFor, want: "not-found"},
		"the number, too late":            {bring: func(i, _ Invitation) Knock { return Knock{Number: i.Number} }, after: OpenFor, want: "not-found"},
		"the token again":                 {bring: func(i, _ Invitation) Knock { return Knock{Token: i.Token} }, twice: true, want: "not-found"},
		"the number after the token":      {bring: func(i, _ Invitation) Knock { return Knock{Number: i.Number} }, twice: true, want: "not-found"},
		"nothing":                         {bring: func(i, _ Invitation) Knock { return Knock{} }, want: "not-found"},
		"nothing, of one that is over":    {bring: func(i, _ Invitation) Knock { return Knock{} }, twice: true, want: "not-found"},
		"half of the token":               {bring: func(i, _ Invitation) Knock { return Knock{Token: i.Token[:13]} }, want: "not-found"},
		"the number as a token":           {bring: func(i, _ Invitation) Knock { return Knock{Token: i.Number} }, want: "not-found"},
		"the id as a token":               {bring: func(i, _ Invitation) Knock { return Knock{Token: i.ID} }, want: "not-found"},
		"its own token and another's no.": {bring: func(i, o Invitation) Knock { return Knock{Token: i.Token, Number: o.Number} }},
	} {
		t.Run(name, func(t *testing.T) {
			r := New()
			i, other := invited(t, r, session.Guest, noon), invited(t, r, session.Guide, noon)
			k := c.bring(i, other)
			k.Door, k.From = secure, phone
			if c.twice {
				if _, _, err := r.Pair(Knock{Token: i.Token, Door: secure, From: phone}, noon); err != nil {
					t.Fatal(err)
				}
			}
			d, private, err := r.Pair(k, noon.Add(c.after))
			if code(err) != c.want {
				t.Fatalf("%q, want %q", code(err), c.want)
			}
			if err != nil {
				return
			}
			if d.Role != session.Guest || d.Room != "one" || d.Name != "Tablet" {
				t.Errorf("it came as %+v", d)
			}
			if known, ok := r.Known(secure, private, noon.Add(c.after)); !ok || known != d {
				t.Errorf("known as %+v, %v", known, ok)
			}
			if seen, err := r.Invitation(i.ID, noon.Add(c.after)); err != nil || seen.State != Used || seen.Device != d.ID || seen.Token+seen.Number != "" {
				t.Errorf("the invitation afterwards: %+v, %v", seen, err)
			}
		})
	}
}

// A secret is worth something whole, at its own door, while the device is known.
func TestSecrets(t *testing.T) {
	r := New()
	d, private := came(t, r, session.Display, noon)
	for bit := range len(private) * 8 {
		turned := []byte(private)
		turned[bit/8] ^= 1 << (bit % 8)
		if _, ok := r.Known(secure, string(turned), noon); ok {
			t.Errorf("with bit %d turned it is known", bit)
		}
	}
	for _, door := range []string{"", "secure 7444", "plain 7412", "secure 7443 "} {
		if _, ok := r.Known(door, private, noon); ok {
			t.Errorf("it counts at %q", door)
		}
	}
	if _, err := r.PutOut(d.ID, noon); err != nil {
		t.Fatal(err)
	}
	if _, ok := r.Known(secure, private, noon); ok {
		t.Error("it counts after the device was put out")
	}
	if _, err := r.Used(d.ID, noon); code(err) != "not-found" {
		t.Errorf("used: %v", err)
	}
}

// A device is known as long as it is used, and for a year at most.
func TestDevicesLapse(t *testing.T) {
	r := New()
	idle, _ := came(t, r, session.Guest, noon)
	used, private := came(t, r, session.Guest, noon)
	saved := 0
	for now := noon; now.Before(noon.Add(Longest)); now = now.Add(8 * time.Minute) {
		changed, err := r.Used(used.ID, now)
		if err != nil {
			t.Fatalf("after %v: %v", now.Sub(noon), err)
		}
		if changed {
			saved++
		}
		if _, err := r.Device(idle.ID, now); (code(err) == "not-found") != (now.Sub(noon) >= Disuse) {
			t.Fatalf("the idle one after %v: %v", now.Sub(noon), err)
		}
	}
	if most := int(Longest / lastWithin); saved > most || saved < most/2 {
		t.Errorf("it was worth keeping %d times", saved)
	}
	if _, ok := r.Known(secure, private, noon.Add(Longest)); ok {
		t.Error("known for more than a year")
	}
}

// Nobody guesses a number: 10,000 guesses, from a hundred addresses, over as many
// invitations as that takes. Five a minute and twenty in all hold, and a guide can
// always make another.
func TestNobodyGuessesANumber(t *testing.T) {
	r, now := New(), noon
	i := invited(t, r, session.Guide, now)
	read, spent := map[netip.Addr][]time.Time{}, 0
	wrong := 0
	for n := range 10_000 {
		now = now.Add(50 * time.Millisecond)
		from := netip.AddrFrom4([4]byte{192, 168, 1, byte(n % 100)})
		guess := fmt.Sprintf("%06d", n*97%1_000_000)
		if guess == i.Number {
			continue // what luck may do is not what is tested
		}
		_, _, err := r.Pair(Knock{Number: guess, Door: secure, From: from}, now)
		switch code(err) {
		case "not-found":
			wrong++
			read[from] = append(read[from], now)
		case "slow-down":
		default:
			t.Fatalf("guess %d: %v", n, err)
		}
		seen, err := r.Invitation(i.ID, now)
		if err != nil {
			t.Fatal(err)
		}
		if (seen.State == Open && seen.Number == "") != (seen.State == Open && wrong >= MaxTries) {
			t.Fatalf("after %d wrong guesses the number is %q", wrong, seen.Number)
		}
		if seen.Number == "" { // spent, or two minutes old
			spent++
			r.Withdraw(i.ID)
			i, wrong = invited(t, r, session.Guide, now), 0
		}
	}
	for from, at := range read {
		for j := range at {
			if j >= TriesMinute && at[j].Sub(at[j-TriesMinute]) < time.Minute {
				t.Fatalf("%v had %d guesses read within a minute", from, TriesMinute+1)
			}
		}
	}
	if len(r.Devices(now)) > 0 || spent == 0 {
		t.Errorf("%d devices came in; %d numbers were spent", len(r.Devices(now)), spent)
	}
	if _, _, err := r.Pair(Knock{Number: i.Number, Door: secure, From: netip.MustParseAddr("192.168.1.200")}, now.Add(time.Minute)); err != nil {
		t.Errorf("whoever was invited: %v", err)
	}
}

// A spent number is dead even for who knows it; the token beside it is not.
func TestASpentNumber(t *testing.T) {
	r := New()
	i := invited(t, r, session.Guest, noon)
	for n := range MaxTries {
		wrong := "x" + i.Number[1:]
		if _, _, err := r.Pair(Knock{Number: wrong, From: netip.AddrFrom4([4]byte{10, 0, 0, byte(n)})}, noon); code(err) != "not-found" {
			t.Fatal(err)
		}
	}
	if _, _, err := r.Pair(Knock{Number: i.Number, From: phone}, noon); code(err) != "not-found" {
		t.Errorf("the spent number: %v", err)
	}
	if _, _, err := r.Pair(Knock{Token: i.Token, From: phone}, noon); err != nil {
		t.Errorf("the token: %v", err)
	}
}

// A device may take as many addresses of its IPv6 network as it likes, and an IPv4
// address may be written as one of IPv6: it is still one.
func TestOneAddressIsOne(t *testing.T) {
	for _, forms := range [][2]string{{"fd00::1", "fd00::ffff:2"}, {"10.0.0.7", "::ffff:10.0.0.7"}, {"fe80::1%eth0", "fe80::2%wlan0"}} {
		r := New()
		for n := range TriesMinute + 1 {
			_, _, err := r.Pair(Knock{Number: "x", From: netip.MustParseAddr(forms[n%2])}, noon)
			if want := map[bool]string{true: "slow-down", false: "not-found"}[n == TriesMinute]; code(err) != want {
				t.Errorf("%v, try %d: %v, want %s", forms, n, err, want)
			}
		}
	}
}

// However many addresses try, there is an end to what is remembered of them.
func TestTriesAreBounded(t *testing.T) {
	r := New()
	for n := range 1000 {
		r.Pair(Knock{Number: "x", From: netip.AddrFrom4([4]byte{10, 0, byte(n >> 8), byte(n)})}, noon)
	}
	if len(r.tries) > maxTrying {
		t.Errorf("%d addresses are remembered", len(r.tries))
	}
	if _, _, err := r.Pair(Knock{Number: "x", From: phone}, noon.Add(time.Minute)); code(err) != "not-found" {
		t.Errorf("a minute later: %v", err)
	}
}

// Without encryption a device can be a remote and nothing else, now or later.
func TestPlainDevicesAreRemotes(t *testing.T) {
	for _, role := range []session.Role{session.Guide, session.Guest, session.Display} {
		r := New()
		i := invited(t, r, role, noon)
		if _, _, err := r.Pair(Knock{Token: i.Token, Door: "plain 7412", Plain: true, From: phone}, noon); code(err) != session.NotAllowed {
			t.Errorf("%s: %v", role, err)
		}
		if _, _, err := r.Pair(Knock{Token: i.Token, Door: secure, From: phone}, noon); code(err) != "not-found" {
			t.Errorf("%s: a token that was said aloud is still good: %v", role, err)
		}
		d, _, err := r.Pair(Knock{Number: invited(t, r, session.Remote, noon).Number, Door: "plain 7412", Plain: true, From: phone}, noon)
		if err != nil || !d.Plain {
			t.Fatalf("a remote: %+v %v", d, err)
		}
		if _, err := r.Change(d.ID, Change{Role: &role}, noon); code(err) != session.NotAllowed {
			t.Errorf("a plain remote became %s: %v", role, err)
		}
	}
}

// What a device has invited to ends with its being a guide, however that ends.
func TestNobodyLeavesAWayIn(t *testing.T) {
	guest := session.Guest
	for name, end := range map[string]func(*Register, Device){
		"put out":      func(r *Register, d Device) { r.PutOut(d.ID, noon) },
		"made a guest": func(r *Register, d Device) { r.Change(d.ID, Change{Role: &guest}, noon) },
		"came anew as another": func(r *Register, d Device) {
			r.Pair(Knock{Token: invited(t, r, session.Display, noon).Token, Door: secure, From: phone, Was: d.ID}, noon)
		},
	} {
		r := New()
		d, _ := came(t, r, session.Guide, noon)
		i, err := r.Invite(Invitation{Room: "one", Role: session.Guide, By: Inviter{ID: d.ID}}, noon)
		if err != nil {
			t.Fatal(err)
		}
		other := invited(t, r, session.Guest, noon)
		end(r, d)
		if _, _, err := r.Pair(Knock{Token: i.Token, Door: secure, From: phone}, noon); code(err) != "not-found" {
			t.Errorf("%s: its invitation is open: %v", name, err)
		}
		if _, _, err := r.Pair(Knock{Token: other.Token, Door: secure, From: phone}, noon); err != nil {
			t.Errorf("%s: another's invitation: %v", name, err)
		}
	}
}

// Who comes anew is not two devices.
func TestComingAnew(t *testing.T) {
	r := New()
	was, private := came(t, r, session.Guide, noon)
	own, err := r.Invite(Invitation{Room: "two", Role: session.Display, By: Inviter{ID: was.ID}}, noon)
	if err != nil {
		t.Fatal(err)
	}
	d, _, err := r.Pair(Knock{Token: own.Token, Door: secure, From: phone, Was: was.ID}, noon)
	if list := r.Devices(noon); err != nil || !slices.Equal(list, []Device{d}) {
		t.Errorf("%v: %+v", err, list)
	}
	if _, ok := r.Known(secure, private, noon); ok {
		t.Error("it is still what it was")
	}
	if seen, _ := r.Invitation(own.ID, noon); seen.State != Used {
		t.Errorf("its own invitation is %s", seen.State)
	}
}

func TestBounds(t *testing.T) {
	r := New()
	for range MaxOpen {
		invited(t, r, session.Guest, noon)
	}
	if _, err := r.Invite(Invitation{Room: "one", Role: session.Guest}, noon); code(err) != session.Full {
		t.Errorf("one invitation more: %v", err)
	}
	now := noon
	for len(r.Devices(now)) < MaxDevices {
		now = now.Add(OpenFor)
		came(t, r, session.Guest, now)
	}
	now = now.Add(OpenFor)
	i := invited(t, r, session.Guest, now)
	if _, _, err := r.Pair(Knock{Token: i.Token, Door: secure, From: phone}, now); code(err) != session.Full {
		t.Errorf("one device more: %v", err)
	}
	first := r.Devices(now)[0]
	if _, _, err := r.Pair(Knock{Token: i.Token, Door: secure, From: phone, Was: first.ID}, now); err != nil {
		t.Errorf("one of them, anew: %v", err)
	}
	later := now.Add(Disuse)
	if came(t, r, session.Guest, later); len(r.devices) != MaxDevices || len(r.Devices(later)) != 1 {
		t.Errorf("when all have become strangers, of %d devices %d are known", len(r.devices), len(r.Devices(later)))
	}
	for range 10 * maxTold {
		r.Withdraw(invited(t, r, session.Guest, now).ID)
	}
	if len(r.invitations) > maxTold {
		t.Errorf("%d invitations are remembered", len(r.invitations))
	}
	for _, bad := range []Invitation{{Room: "one"}, {Room: "one", Role: "host"}, {Role: session.Guest}, {Room: "one", Role: session.Guest, Name: strings.Repeat("x", MaxName+1)}} {
		if _, err := r.Invite(bad, now.Add(time.Hour)); code(err) != session.BadMessage {
			t.Errorf("%+v: %v", bad, err)
		}
	}
}
