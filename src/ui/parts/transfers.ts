import { bytes, spell } from '../../core/format.ts';
import type { Transfer } from '../../state/files/transfers.ts';

function transferText(name: string, { loaded, total, leftMs }: Transfer): string {
  const size = total === null ? '' : ` of ${bytes(total)}`;
  const left = leftMs === null ? '' : ` (${spell(Math.max(1000, leftMs))} left)`;
  return `${name}: ${bytes(loaded)}${size}${left}`;
}

/** What is being fetched and how far it is; null when nothing is. */
export function fetchingText(transfers: Readonly<Record<string, Transfer>>): string | null {
  const texts = Object.entries(transfers).map(([name, one]) => transferText(name, one));
  return texts.length === 0 ? null : `Fetching ${texts.join(', ')}`;
}
