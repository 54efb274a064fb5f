import { useEffect } from 'react';
import { useStore } from 'zustand';
import { bytes } from '../../core/format.ts';
import { offline, readKeptSite } from '../../state/app/offline.ts';
import { thisAddress, withoutWorker } from './withoutWorker.ts';

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
    return <span data-offline="refused">{withoutWorker(thisAddress())}</span>;
  }
  return (
    <span data-offline="coming">
      The page itself will be kept too, once nothing has measured for some seconds; then it opens
      without a network.
    </span>
  );
}
