/**
 * What this device is called, large, for as long as it takes to look around: a guide
 * has asked which one it is. It comes and goes slowly, and is in nobody's way.
 */

const SHOWN = 10_000; // ms, of which coming and going are
const SLOWLY = 1500; // ms each

/** @param {import('../elements/face.js').Here} here */
export function answersToItsName({ room, t }) {
  room.addEventListener('identify', (event) => {
    const { name } = /** @type {CustomEvent<{name: string}>} */ (event).detail;
    document.querySelector('.called')?.remove();
    const shown = Object.assign(document.createElement('p'), { className: 'called', textContent: name || t(`device.role.${room.you?.role ?? 'display'}`), ariaHidden: 'true' });
    document.body.append(shown);
    const [come, go] = [SLOWLY / SHOWN, 1 - SLOWLY / SHOWN];
    const gone = () => shown.remove();
    shown.animate({ opacity: [0, 1, 1, 0], offset: [0, come, go, 1] }, SHOWN).finished.then(gone, gone);
  });
}
