import { useEffect } from 'react';
import { useStore } from 'zustand';
import { bytes } from '../../core/format.ts';
import { offline, readStoredSite } from '../../state/app/offline.ts';
import { thisAddress, withoutWorker } from './withoutWorker.ts';

/** Whether the page opens without a network, and what that takes. */
export default function OfflineLine() {
  const { refused, site } = useStore(offline);
  useEffect(() => void readStoredSite(), []);
  if (site?.whole) {
    return (
      <span data-offline="ready">
        The page itself is stored too, {site.files} files, {bytes(site.bytes)}: it works offline,
        and races what is listed here.
      </span>
    );
  }
  if (refused) {
    return <span data-offline="refused">{withoutWorker(thisAddress())}</span>;
  }
  return (
    <span data-offline="coming">
      The page itself will be stored too, once nothing has been measured for a few seconds; then it
      works offline.
    </span>
  );
}
