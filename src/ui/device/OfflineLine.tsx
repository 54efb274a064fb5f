import { useEffect } from 'react';
import { useStore } from 'zustand';
import { bytes } from '../../core/format.ts';
import { offline, readKeptSite } from '../../state/app/offline.ts';

/** Whether the page opens without a network, and what that takes. */
export default function OfflineLine() {
  const { refused, site } = useStore(offline);
  useEffect(() => void readKeptSite(), []);
  if (site?.whole) {
    return (
      <span data-offline="ready">
        The page itself is kept too, {site.files} files, {bytes(site.bytes)}: it opens without a
        network, and races what is listed here.
      </span>
    );
  }
  if (refused) {
    return (
      <span data-offline="refused">
        Opening this page takes a network: this browser allows no service worker here, as in some
        private windows.
      </span>
    );
  }
  return (
    <span data-offline="coming">
      The page itself will be kept too, once nothing has measured for some seconds; then it opens
      without a network.
    </span>
  );
}
