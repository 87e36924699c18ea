package browser
import "testing"
func TestDbg(t *testing.T) {
	d := treating(t, newHouse(t), tablet)
	d.do("await watch.room().do('next')")
	d.resize(tablet)
	t.Log(ask[string](d, `[...document.querySelectorAll("room-clock *")].map(e => e.localName + '.' + e.className + ' ' + JSON.stringify(watch.box(e)) + getComputedStyle(e).fontSize + getComputedStyle(e).lineHeight).join('\n')`))
}
