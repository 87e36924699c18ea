package browser

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
)

// violation is what axe found against one rule.
type violation struct {
	ID, Help string
	Nodes    []string
}

// What axe looks for. A theme changes nothing but colours, and what stands at 7 to 1
// stands at 4.5 to 1; colours that are forced are the system's, which axe does not see.
const (
	allRules = `{
		runOnly: ['wcag2a', 'wcag2aa', 'wcag2aaa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
		rules: {'color-contrast': {enabled: false}, 'color-contrast-enhanced': {enabled: true}, 'target-size': {enabled: true}},
	}`
	ofColours    = `{runOnly: {type: 'rule', values: ['color-contrast-enhanced', 'link-in-text-block']}}`
	butOfColours = `{
		runOnly: ['wcag2a', 'wcag2aa', 'wcag2aaa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
		rules: {'color-contrast': {enabled: false}, 'target-size': {enabled: true}},
	}`
)

// axe says what axe finds against some rules.
func (d *device) axe(how, rules string) {
	d.t.Helper()
	for _, v := range ask[[]violation](d, `axe.run(document, {...`+rules+`, resultTypes: ['violations']})
		.then(({violations}) => violations.map(({id, help, nodes}) => ({
			id, help, nodes: nodes.map(({html, any}) => html.slice(0, 160) + ' ' + (any[0]?.message ?? '')),
		})))`) {
		d.t.Errorf("%s: %s: %s\n\t%s", how, v.ID, v.Help, strings.Join(v.Nodes, "\n\t"))
	}
}

// Colours that the system forces keep every meaning: what is chosen, where the
// words and silences are, where places rest.
func TestForcedColours(t *testing.T) {
	t.Parallel()
	d := newHouse(t).open(t, "/#before/feet-first", desk)
	must(d, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "forced-colors", Value: "active"}}})
	d.await("watch.find('Ten') && document.querySelector('coming-ribbon .words')")
	for what, colours := range map[string]string{
		"a chosen length":   "['Ten', 'Five'].map((name) => getComputedStyle(watch.find(name)).borderTop)",
		"words and silence": "['.words', '.silence'].map((name) => getComputedStyle(document.querySelector('coming-ribbon ' + name)).stroke)",
		"places that rest":  "['.included .soft', '.stone'].map((name) => getComputedStyle(document.querySelector(name)).fill)",
	} {
		if seen := ask[[]string](d, colours); seen[0] == seen[1] {
			t.Errorf("%s looks like what is not: %q", what, seen)
		}
	}
}

// A print preview in a dark room stays dark, and nothing to press is printed over the words.
func TestPaperKeepsTheTheme(t *testing.T) {
	t.Parallel()
	d := newHouse(t).open(t, "/#before/feet-first", desk)
	d.await("watch.find('Begin')")
	ground := "getComputedStyle(document.documentElement).backgroundColor"
	seen := ask[string](d, ground)
	must(d, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	if printed := ask[string](d, ground); printed != seen {
		t.Errorf("on paper the ground is %s, on the screen %s", printed, seen)
	}
	d.await("!watch.find('Begin') && watch.reads('Feet first')")
}

// checkTargets checks what can be pressed, at one size of the window.
func (d *device) checkTargets(how string, as size) {
	d.t.Helper()
	for _, target := range ask[[]string](d, tooSmall) {
		d.t.Errorf("%s, %v: %s", how, as, target)
	}
	for _, target := range ask[[]string](d, covered) {
		d.t.Errorf("%s, %v: something lies over %s", how, as, target)
	}
	for _, target := range ask[[]string](d, beyond) {
		d.t.Errorf("%s, %v: half out of the window is %s", how, as, target)
	}
	for _, words := range ask[[]string](d, overWords) {
		d.t.Errorf("%s, %v: the words stand under %s", how, as, words)
	}
	if wide := ask[float64](d, "document.documentElement.scrollWidth"); wide > float64(as.width) {
		d.t.Errorf("%s, %v: the page is %.0f px wide", how, as, wide)
	}
}

const targetSize = 44.0 // px

// Links within a sentence may be as small as its words; a box with a label is
// pressed by its label.
var (
	targets = `[...document.querySelectorAll('button, a[href], summary, input, select, textarea')]
	.filter((element) => watch.inSight(element) && !element.closest('p'))
	.map((element) => element.matches('input[type=radio], input[type=checkbox]') ? element.closest('label') ?? element : element)`
	named = `(element) => element.outerHTML.replace(/<!--.*?-->/g, '').slice(0, 120)`
	// A row that can be moved along leads to what is not in the window.
	beyond = fmt.Sprintf(`%s.filter((element) => watch.box(element).left < 0 || watch.box(element).left + watch.box(element).width > innerWidth + 0.5)
	.filter((element) => ![...document.querySelectorAll('*')].some((row) => row.contains(element) && getComputedStyle(row).overflowX === 'auto' && row.scrollWidth > row.clientWidth))
	.map((element) => (%s)(element) + ', from ' + watch.box(element).left + ' px')`, targets, named)
	tooSmall = fmt.Sprintf(`%s.map((element) => ({name: (%s)(element), box: watch.box(element)}))
	.filter(({box}) => box.width < %[3]v - 0.5 || box.height < %[3]v - 0.5)
	.map(({name, box}) => name + ' is ' + Math.round(box.width) + ' × ' + Math.round(box.height) + ' px')`, targets, named, targetSize)
	overWords = fmt.Sprintf(`(() => {
		const stage = document.querySelector('.stage'), clips = stage && getComputedStyle(stage).overflowY === 'auto' ? watch.box(stage) : null;
		const seen = ({left, top, width, height}) => {
			if (!clips) return {left, top, width, height};
			const from = Math.max(top, clips.top);
			return {left, top: from, width, height: Math.min(top + height, clips.top + clips.height) - from};
		};
		const said = [...document.querySelectorAll('.said > *, .cue')].filter(watch.inSight).map(watch.box).map(seen).filter(({height}) => height > 0);
		return [...document.querySelectorAll('.tools button, .stop, .anchor, .line')].filter(watch.inSight).filter((element) => {
			const {left, top, width, height} = watch.box(element);
			return said.some((words) => words.left < left + width && left < words.left + words.width && words.top < top + height - 2 && top + 2 < words.top + words.height);
		}).map(%s);
	})()`, named)
	covered = fmt.Sprintf(`%s.filter((element) => {
		if (element.disabled || element.matches('.pause')) return false;
		element.scrollIntoView({block: 'center', behavior: 'instant'});
		return !watch.middle(element);
	}).map(%s)`, targets, named)
)
