import { html } from '../vendor/lit.js';
import { Face } from './face.js';
class SettingsFace extends Face { render() { return html`<h1></h1>`; } }
customElements.define('settings-face', SettingsFace);
