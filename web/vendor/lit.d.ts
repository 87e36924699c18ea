// The types of lit.js, as the lit package of web/test gives them.
export { html, svg, nothing, LitElement } from 'lit';
export type { PropertyValues, TemplateResult, SVGTemplateResult, PropertyDeclarations } from 'lit';
export { repeat } from 'lit/directives/repeat.js';
export { styleMap } from 'lit/directives/style-map.js';
export { live } from 'lit/directives/live.js';
