/** A Web Lock, shared by all pages that measure; a service worker fetches nothing meanwhile. */
export const MEASURING = 'inferometer-measuring';
