/** A page's address is "#/path?query": behind the hash, so that any static host serves it. */
const inHash = (): string => location.hash.replace(/^#?\/?/, '/');

export const hashPath = (): string => inHash().split('?', 1)[0] ?? '/';

/** What stands behind the question mark. */
export const hashQuery = (): string => inHash().slice(hashPath().length + 1);
