/** The language of the page, in which dates are written. */
export const tongue = () => document.documentElement.lang || 'en';
