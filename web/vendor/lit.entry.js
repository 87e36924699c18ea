// The parts of Lit that the faces use. README.md says how lit.js is made of them.

import { noChange } from 'lit';
import { Directive, directive } from 'lit/directive.js';

export { html, svg, nothing, LitElement } from 'lit';
export { repeat } from 'lit/directives/repeat.js';
export { live } from 'lit/directives/live.js';

/**
 * Sets styles one at a time through the CSSOM. Lit's own styleMap writes a style
 * attribute at its first render, which the content security policy refuses.
 */
class StyleMap extends Directive {
  written = {};

  render() {
    return noChange;
  }

  update(part, [styles]) {
    const { style } = part.element;
    for (const [name, value] of Object.entries({ ...blank(this.written), ...styles })) {
      if (name.includes('-')) style.setProperty(name, value ?? '');
      else style[name] = value ?? '';
    }
    this.written = { ...styles };
    return noChange;
  }
}

/** The same names with nothing in them: what was written before and is not any more. */
function blank(styles) {
  return Object.fromEntries(Object.keys(styles).map((name) => [name, '']));
}

export const styleMap = directive(StyleMap);
