/** Null where the browser forbids it. @param {'localStorage' | 'sessionStorage'} name @returns {Storage | null} */
export function allowed(name) {
  try {
    return globalThis[name] ?? null;
  } catch {
    return null;
  }
}
