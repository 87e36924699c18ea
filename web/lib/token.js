/**
 * What the link of an invitation carries behind its #. It is taken once, and out of the
 * address before anything else happens, so that nobody reads it there or goes back to it.
 */
export const token = globalThis.location?.hash.slice(1) ?? '';

if (token) history.replaceState(null, '', location.pathname);
