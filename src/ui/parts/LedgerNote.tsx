import { bytes, list } from '../../core/format.ts';
import type { LaneLedger } from '../../core/memory/ledger.ts';
import { releaseSentence } from '../../core/memory/words.ts';
import type { PageMemoryState, Reading } from '../../state/device/pageMemory.ts';
import { isGoing } from '../../state/race/race.ts';
import styles from './LedgerNote.module.css';
import { Term } from './Term.tsx';
import { usePageMemory, useRace } from './use.ts';

const WHEN = {
  before: 'before the race',
  alive: 'while the lanes were open',
  after: 'after they ended',
} as const;

function readings(state: PageMemoryState) {
  const all = (['before', 'alive', 'after'] as const).map((key) => ({
    when: WHEN[key],
    reading: state[key] as Reading,
  }));
  return {
    read: all.flatMap(({ when, reading }) =>
      reading.state === 'read' ? [`${bytes(reading.memory.bytes)} ${when}`] : [],
    ),
    missed: all.flatMap(({ when, reading }) =>
      reading.state === 'missed' ? [`not counted ${when}: ${reading.why}`] : [],
    ),
    asked: all.some(({ reading }) => reading.state === 'asked'),
  };
}

/** What every lane held goes back with its worker; without the page's own count nobody sees it go. */
function unseen(ledgers: readonly LaneLedger[]): string {
  const heaps = ledgers.reduce((sum, { heap }) => sum + heap, 0);
  const gpu = ledgers.reduce((sum, one) => sum + (one.gpu ?? 0), 0);
  const buffers = gpu > 0 ? ` and ${bytes(gpu)} of GPU buffers` : '';
  return `When the lanes end, so do their workers and all of their heaps, ${bytes(heaps)}${buffers}; how much the browser then frees cannot be seen here.`;
}

/** The whole page's memory around the race, and what ending the lanes gave back. */
export function PageMemoryNote({ ledgers }: { ledgers: readonly LaneLedger[] }) {
  const state = usePageMemory((all) => all);
  const status = useRace((all) => all.status);
  const racing = isGoing(status);
  const { lack, alive, after } = state;
  const { read, missed, asked } = readings(state);
  return (
    <div className={styles['page']} data-page-memory={lack === null ? alive.state : 'lacking'}>
      <p>
        <b>
          <Term explains="Memory of this page and all of its workers, as counted by the browser itself (performance.measureUserAgentSpecificMemory). GPU buffers are not included.">
            The whole page
          </Term>
        </b>{' '}
        {lack ??
          (racing
            ? 'is counted after the race, since counting would disturb it.'
            : status.state === 'done'
              ? read.length > 0
                ? `${list(read)}.`
                : ''
              : 'was not counted while the lanes were open: they ended with the race.')}
      </p>
      {lack === null && !racing && missed.map((one) => <p key={one}>It was {one}.</p>)}
      {asked && (
        <p role="status">
          The browser is counting: it answers at its next garbage collection, within about a minute.
          {alive.state === 'asked' && ' The lanes stay open until then, idle.'}
        </p>
      )}
      {alive.state === 'read' && after.state === 'read' ? (
        <p>{releaseSentence(alive.memory, after.memory, ledgers)}</p>
      ) : (
        !asked && !racing && <p>{unseen(ledgers)}</p>
      )}
    </div>
  );
}
