package mp3

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// coded encodes sound and decodes it again, and takes the delay away.
func coded(t testing.TB, sound [][2]float64) [][2]float64 {
	t.Helper()
	var e Encoder
	var d decoder
	var out [][2]float64
	for f := range Frames(len(sound)) {
		var in [FrameSize][2]float64
		copy(in[:], sound[min(f*FrameSize, len(sound)):])
		got, err := d.frame(e.Frame(&in))
		if err != nil {
			t.Fatalf("frame %d: %v", f, err)
		}
		out = append(out, got[:]...)
	}
	return out[Delay+decoderDelay:][:len(sound)]
}

// off is how far what came back is from what went in, in dB below it.
func off(sound, back [][2]float64) float64 {
	power, rest := 0.0, 0.0
	for i, f := range sound {
		for ear, x := range f {
			power += x * x
			rest += (back[i][ear] - x) * (back[i][ear] - x)
		}
	}
	return 10 * math.Log10(power/rest)
}

// heard are sounds like those of a session, half a second each.
func heard() map[string][][2]float64 {
	r := rand.New(rand.NewPCG(1, 1))
	both := func(at func(t float64) float64) [][2]float64 {
		out := make([][2]float64, Rate/2)
		for i := range out {
			x := at(float64(i) / Rate)
			out[i] = [2]float64{x, x}
		}
		return out
	}
	tau := 2 * math.Pi
	noise := make([][2]float64, Rate/2)
	low := [2]float64{}
	for i := range noise {
		for ear := range low {
			low[ear] += 0.1 * (2*r.Float64() - 1 - low[ear])
		}
		noise[i] = low
	}
	return map[string][][2]float64{
		"a breath tone": both(func(t float64) float64 { return 0.05 * math.Sin(tau*(196+60*t)*t) }),
		"a bell": both(func(t float64) float64 {
			return 0.1 * math.Exp(-2*t) * (math.Sin(tau*220*t) + 0.4*math.Sin(tau*656*t) + 0.2*math.Sin(tau*1250*t))
		}),
		"a voice": both(func(t float64) float64 {
			x := 0.0
			for k := 1.0; k < 30; k++ {
				x += math.Sin(tau*120*k*t+k*k) / k
			}
			return 0.1 * x * math.Pow(math.Sin(tau*2*t), 2)
		}),
		"noise": noise,
	}
}

// A decoder gives back what went in, at the same time and as loud.
func TestSoundComesBack(t *testing.T) {
	for name, want := range map[string]float64{"a breath tone": 60, "a bell": 55, "a voice": 50, "noise": 7} {
		sound := heard()[name]
		if got := off(sound, coded(t, sound)); got < want {
			t.Errorf("%s comes back with errors %.1f dB below it, want %.0f", name, got, want)
		}
	}
}

// What is in one ear only stays there.
func TestEarsStayApart(t *testing.T) {
	sound := heard()["a bell"]
	for i := range sound {
		sound[i][1] = 0
	}
	for i, f := range coded(t, sound) {
		if math.Abs(f[1]) > 1e-4 {
			t.Fatalf("frame %d: %.6f in the silent ear", i, f[1])
		}
	}
}

func TestSilenceIsSilent(t *testing.T) {
	for i, f := range coded(t, make([][2]float64, 5000)) {
		if f != [2]float64{} {
			t.Fatalf("frame %d is %v", i, f)
		}
	}
}

// Nothing that samples can be breaks a frame.
func TestExtremes(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	for name, at := range map[string]func(i int) [2]float64{
		"full noise":     func(int) [2]float64 { return [2]float64{2*r.Float64() - 1, 2*r.Float64() - 1} },
		"a full square":  func(i int) [2]float64 { x := float64(i/50%2*2 - 1); return [2]float64{x, -x} },
		"a full tone":    func(i int) [2]float64 { x := math.Sin(float64(i) / 10); return [2]float64{x, x} },
		"one step":       func(i int) [2]float64 { return [2]float64{1. / 32768, -1. / 32768} },
		"a click":        func(i int) [2]float64 { return [2]float64{float64(bit(i == 2000)), 0} },
		"the highest":    func(i int) [2]float64 { x := float64(i%2*2 - 1); return [2]float64{x, x} },
		"out of silence": func(i int) [2]float64 { x := float64(bit(i > 3000)) * (2*r.Float64() - 1); return [2]float64{x, x} },
	} {
		sound := make([][2]float64, 6000)
		for i := range sound {
			sound[i] = at(i)
		}
		for i, f := range coded(t, sound) {
			if math.Abs(f[0]) > 2 || math.Abs(f[1]) > 2 || f != f {
				t.Errorf("%s: frame %d is %v", name, i, f)
				break
			}
		}
	}
}

func TestFront(t *testing.T) {
	for _, n := range []int{1, 95, 96, 1152, 48000, 28800000} {
		b := Front(n)
		be := binary.BigEndian
		frames, bytes := int(be.Uint32(b[44:])), int(be.Uint32(b[48:]))
		start, end := int(b[177])<<4|int(b[178])>>4, int(b[178]&15)<<8|int(b[179])
		if len(b) != FrameBytes || string(b[36:40]) != "Info" || string(b[156:160]) != "LAME" || frames != Frames(n) || bytes != (frames+1)*FrameBytes {
			t.Errorf("%d samples: %q, %d frames, %d bytes", n, b[36:40], frames, bytes)
		}
		if got := frames*FrameSize - start - end; got != n || end < decoderDelay {
			t.Errorf("%d samples: %d are left, %d after them", n, got, end)
		}
		if !slices.IsSorted(b[52:152]) || b[52] != 0 || be.Uint16(b[190:]) != sum16(b[:190]) {
			t.Errorf("%d samples: the table or the checksum is off", n)
		}
		var d decoder
		if _, err := d.frame(append(slices.Clone(b[:36]), make([]byte, FrameBytes-36)...)); err != nil {
			t.Errorf("a player that does not know it: %v", err)
		}
	}
}

// Every code is one that can be told from every other.
func TestCodes(t *testing.T) {
	check := func(name any, codes []code) {
		sum := 0.0
		for i, c := range codes {
			sum += math.Exp2(-float64(c.n))
			for j, o := range codes {
				if i != j && c.n <= o.n && o.word>>(o.n-c.n) == c.word {
					t.Errorf("table %v: %d begins like %d", name, j, i)
				}
			}
		}
		if len(codes) > 0 && sum != 1 {
			t.Errorf("table %v holds %v of all words", name, sum)
		}
	}
	for table := range 32 {
		if codes, wide := codesOf(table); len(codes) != int(wide*wide) {
			t.Errorf("table %d has %d codes", table, len(codes))
		} else {
			check(table, codes)
		}
	}
	check("A", quadCodes[0])
	check("B", quadCodes[1])
}

// FuzzFrame encodes any sound, a byte a sample.
func FuzzFrame(f *testing.F) {
	f.Add([]byte("\x00\x10\x20\x7f\x80\xff"), byte(3))
	f.Add([]byte{}, byte(0))
	f.Fuzz(func(t *testing.T, b []byte, quiet byte) {
		sound := make([][2]float64, 2*FrameSize)
		for i := range sound {
			for ear := range 2 {
				if len(b) > 0 {
					sound[i][ear] = math.Ldexp(float64(int8(b[(2*i+ear)%len(b)])), -7-int(quiet%16))
				}
			}
		}
		coded(t, sound)
	})
}

func BenchmarkFrame(b *testing.B) {
	for name, sound := range heard() {
		b.Run(name, func(b *testing.B) {
			var e Encoder
			i := 0
			for b.Loop() {
				e.Frame((*[FrameSize][2]float64)(sound[i*FrameSize%(len(sound)-FrameSize):]))
				i++
			}
			b.ReportMetric(float64(b.N)*FrameSize/Rate/b.Elapsed().Seconds(), "×real-time")
		})
	}
}
