/** What a page cannot keep, by the address that it came from or else by its browser. */

interface Address {
  /** Whether the browser calls it a secure context: https, or localhost. */
  readonly secure: boolean;
  readonly origin: string;
}

export const thisAddress = (): Address => ({ secure: isSecureContext, origin: location.origin });

/** Why the page itself is not kept for visits without a network. */
export const withoutWorker = ({ secure, origin }: Address): string =>
  secure
    ? 'This page works only online: this browser does not allow service workers here, as in some private windows.'
    : `This page works only online: it came from ${origin}, and browsers store pages for offline use only from https:// or localhost.`;

/** Why the list of downloaded files is empty. */
export const nothingStored = ({ secure, origin }: Address): string =>
  secure
    ? 'No files have been downloaded yet.'
    : `Downloaded files cannot be stored for a page from ${origin}, so each visit fetches them again.`;
