package browser

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/emulation"
)

// inLanguage is a window whose person has chosen a language.
func inLanguage(t testing.TB, h *house, language, path string, as size) *device {
	t.Helper()
	d := h.open(t, "/", as)
	d.speak(language)
	d.visit(path)
	return d
}

func (d *device) speak(language string) {
	d.t.Helper()
	d.do(fmt.Sprintf("watch.here().wishes.keep({language: %q})", language))
	d.await(fmt.Sprintf("document.documentElement.lang === %q", language))
}

// A breath of one's own speaks the reader's language, whatever its address was made in.
func TestABreathInEachLanguage(t *testing.T) {
	t.Parallel()
	for language, says := range map[string][2]string{"de": {"4 ein, 6 aus", "Kleine, weiche Atemzüge."}, "es": {"4 al entrar, 6 al salir", "Respiraciones pequeñas y suaves."}} {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			d := inLanguage(t, newHouse(t), language, "/#before/breathe:4-0-6-0, 6 times", phone)
			d.sees(says[0])
			d.await(fmt.Sprintf("document.querySelector('h1').lang === %q && document.body.textContent.includes(%q)", language, says[1]))
		})
	}
}

// From the first page to a session and back to the room, without a word of English.
func TestASessionInEachLanguage(t *testing.T) {
	t.Parallel()
	for language, says := range map[string]struct{ scan, title, begin, section, pause, ground, title2 string }{
		"de": {"Körperreise", "Zuerst die Füße", "Beginnen", "Ankommen", "Pause", "Zurück", "Zurück in den Raum"},
		"es": {"Recorrido corporal", "Primero los pies", "Empezar", "Llegar", "Pausa", "Volver", "Volver a la habitación"},
	} {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			d := inLanguage(t, newHouse(t), language, "/", phone)
			d.press(says.scan)
			d.sees(says.title)
			d.await(fmt.Sprintf("document.querySelector('h1').lang === %q && document.documentElement.lang === %q", language, language))
			d.press(says.begin)
			d.playing()
			d.sees(says.section)
			d.await(fmt.Sprintf("watch.room().session.script === 'feet-first.%s' && document.querySelector('h1').lang === %q", language, language))
			d.press(says.pause)
			d.await("watch.state() === 'paused'")
			d.do("watch.room().ground()")
			d.await(fmt.Sprintf("watch.room().session?.script === 'grounding.%s' && watch.room().session.aside", language))
			if title := ask[string](d, "watch.room().session.title"); title != says.title2 {
				t.Errorf("the grounding is called %q", title)
			}
			d.strike(escape)
			d.await("watch.state() === 'stopped'")
		})
	}
}

// The browser's own language is the page's, until the person wishes for another.
func TestTheBrowsersLanguage(t *testing.T) {
	t.Parallel()
	d := newHouse(t).open(t, "/", desk)
	must(d, emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{UserAgent: ask[string](d, "navigator.userAgent"), AcceptLanguage: "es-MX"})
	d.visit("/")
	d.sees("¿Qué te vendría bien ahora?")
	d.await("document.querySelector(`select`)")
	d.do("const few = document.querySelector(`select`); few.value = `de`; few.dispatchEvent(new Event(`change`, {bubbles: true}))")
	d.sees("Was täte dir jetzt gut?")
	d.sees("Was dies ist, und was nicht")
	if !ask[bool](d, "!!"+newcomer+" && document.title === 'Stillpoint' && document.documentElement.dir === 'ltr'") {
		t.Error("choosing a language put away what is said the first time")
	}
	d.press("Einstellungen")
	d.press("Wie der Browser")
	d.sees("El del navegador")
}

// Another language is another page around the same session: nothing that sounds,
// and nothing of the session, is touched.
func TestALanguageChangesNoSession(t *testing.T) {
	t.Parallel()
	d := newHouse(t).open(t, "/", phone)
	d.running("quick-words")
	before := ask[string](d, "JSON.stringify([watch.room().transport, watch.room().session])")
	d.do("watch.here().wishes.keep({language: 'de'})")
	d.await("watch.find('Stopp')")
	if after := ask[string](d, "JSON.stringify([watch.room().transport, watch.room().session])"); after != before {
		t.Errorf("before: %s\nafter: %s", before, after)
	}
	d.await("document.querySelector('.prompt').lang === 'en' && document.querySelector('h1').lang === 'en'")
	d.press("Stopp")
	d.await("watch.face() === 'after'")
	d.sees("Jetzt ist es still.")
}

// A refusal is told in the reader's language.
func TestRefusalsAreTranslated(t *testing.T) {
	t.Parallel()
	d := inLanguage(t, newHouse(t), "de", "/#before/feet-first", desk)
	d.do(`const room = watch.room(), ask = room.do.bind(room);
		room.do = (verb, ...more) => verb === 'load' ? Promise.reject({code: 'full', text: 'This room is full.'}) : ask(verb, ...more)`)
	d.press("Beginnen")
	d.sees("Hier ist gerade viel los.")
}

// A page says truthfully who will speak: the narrators know English alone.
func TestWhoSpeaksGerman(t *testing.T) {
	t.Parallel()
	silent := inLanguage(t, newHouse(t), "de", "/#before/feet-first", phone)
	silent.sees("Worte auf dem Bildschirm")
	spoken := inLanguage(t, newHouseWith(t, newComputerVoice(t).folder), "de", "/#before/feet-first", phone)
	spoken.sees("Eine Stimme: espeak-ng")
	if ask[bool](spoken, "document.body.innerText.includes('Hazel')") {
		t.Error("an English narrator is offered")
	}
}
