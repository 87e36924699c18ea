// Runs in every page before its own scripts, and only watches. Times are
// milliseconds since 1970 with fractions: one clock for all windows of a browser.
globalThis.watch = (() => {
  const at = (local = performance.now()) => performance.timeOrigin + local;
  const seen = { plays: [], hushes: [], presses: [], states: [], tasks: [], refused: [], shift: 0 };
  const sounding = new Set();

  const { play, pause } = HTMLMediaElement.prototype;
  HTMLMediaElement.prototype.play = function () {
    sounding.add(this);
    seen.plays.push({ at: at(), src: this.src });
    return play.call(this);
  };
  HTMLMediaElement.prototype.pause = function () {
    if (!this.paused) seen.hushes.push(at());
    return pause.call(this);
  };

  const Socket = globalThis.WebSocket;
  globalThis.WebSocket = class extends Socket {
    constructor(...asked) {
      super(...asked);
      seen.socket = this;
    }
  };

  for (const type of ['pointerdown', 'keydown']) {
    addEventListener(type, (event) => seen.presses.push({ type, at: at(event.timeStamp) }), { capture: true });
  }
  addEventListener('securitypolicyviolation', (event) => seen.refused.push(`${event.violatedDirective} ${event.blockedURI}`));
  new PerformanceObserver((list) => seen.tasks.push(...list.getEntries().map((task) => task.duration))).observe({ type: 'longtask' });

  new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (seen.shift += value))).observe({ type: 'layout-shift', buffered: true });

  // What a person sees: the face, and in a session whether it plays or is paused.
  const note = () => {
    const state = document.querySelector('main.session')?.dataset.state ?? document.body?.dataset.face ?? '';
    if (state && state !== seen.states.at(-1)?.state) seen.states.push({ state, at: at() });
  };
  new MutationObserver(note).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-state', 'data-face'] });

  const words = (element) => element.innerText.replace(/\s+/g, ' ').trim();
  const inSight = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
  const box = (element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return { left, top, width, height };
  };
  const meets = (element, x, y) => {
    const found = document.elementFromPoint(x, y);
    return !!found && (element.contains(found) || element === found.closest('label, button, a'));
  };
  const within = (element, right, down) => {
    const { left, top, width, height } = box(element);
    return { x: left + width * right, y: top + height * down };
  };
  // Whether a finger on its middle would meet it.
  const middle = (element) => {
    const { x, y } = within(element, 0.5, 0.5);
    return meets(element, x, y);
  };
  // Where a finger would press it: its middle, or else the first place that nothing covers.
  const point = (element) => {
    const shares = [0.5, 0.25, 0.75, 0.1, 0.9];
    const spots = shares.flatMap((down) => shares.map((right) => within(element, right, down)));
    return spots.find(({ x, y }) => meets(element, x, y)) ?? null;
  };
  // Whether what is called so is in sight, and where it was when this was last asked.
  function rest(name) {
    const element = this.find(name);
    element?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
    const spot = element && point(element);
    const still = !!spot && spot.x === seen.spot?.x && spot.y === seen.spot?.y;
    seen.spot = spot;
    return still;
  }
  const here = () => document.querySelector('still-point, join-face')?.here;

  return {
    seen,
    at,
    box,
    middle,
    point,
    rest,
    inSight,
    here,
    room: () => here()?.room,
    face: () => document.body?.dataset.face ?? '',
    state: () => here()?.room.transport?.state ?? '',
    prompt: () => document.querySelector('.said .prompt')?.innerText.trim() ?? '',
    scan: () => document.querySelector('body-figure')?.present.join() ?? '',
    tools: () => [...document.querySelectorAll('.tools button')].filter(inSight).map(words).join(' '),
    // Whether a session keeps its screen black.
    dark: () => [...document.querySelectorAll('.stage, .top, session-tools, .surface')].every((part) => Number(getComputedStyle(part).opacity) < 0.01),
    // The thing to press that is called so, by its words or their beginning.
    find(name) {
      const all = [...document.querySelectorAll('button, a[href], summary, label')].filter(inSight);
      return all.find((element) => words(element) === name) ?? all.find((element) => words(element).startsWith(name)) ?? null;
    },
    // Whether these words stand on the page to be read; those for screen readers alone do not count.
    reads(text) {
      if (!document.body) return false;
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement;
        if (node.data.includes(text) && inSight(element) && !element.closest('.unseen')) return true;
      }
      return false;
    },
    // How a breath looks now: where its movement is on the timeline, and when that was.
    breath() {
      const disc = document.querySelector('breath-disc');
      const animation = disc?.querySelector('.swell')?.getAnimations()[0];
      if (!animation || !disc.phase) return null;
      const { from, kind } = disc.phase;
      return { at: at(), shown: from + Number(animation.currentTime), asked: here().room.position(), kind, word: watch.prompt() };
    },
    sounding: () => [...sounding].some((audio) => !audio.paused && audio.volume > 0),
    silent: () => [...sounding].every((audio) => audio.paused),
  };
})();
