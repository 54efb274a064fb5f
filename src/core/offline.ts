/** What the page and its service worker must call by the same name. */

/** Caches of the site's own files, one for each version of the site, begin with this. */
export const SITE_CACHE = 'inferometer-site-';

/** The page to its worker: keep the site's files now, for visits without a network. */
export const STORE_SITE = 'keep-site';
