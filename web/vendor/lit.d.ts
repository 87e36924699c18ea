// The types of lit.js, as the lit package of web/test gives them.
export { html, svg, nothing, noChange, render, LitElement, css } from 'lit';
export type { PropertyValues, TemplateResult, SVGTemplateResult, PropertyDeclarations } from 'lit';
export { repeat } from 'lit/directives/repeat.js';
export { classMap } from 'lit/directives/class-map.js';
export { styleMap } from 'lit/directives/style-map.js';
export { live } from 'lit/directives/live.js';
export { ref, createRef } from 'lit/directives/ref.js';
export type { Ref } from 'lit/directives/ref.js';
