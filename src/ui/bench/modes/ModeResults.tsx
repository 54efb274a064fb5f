import { lazy, type ReactNode, Suspense } from 'react';
import { unreachable } from '../../../core/errors.ts';
import type { Headline } from '../../../core/modes/headline.ts';
import { batchFigures, batchHeadline } from '../../../modes/batches/core/batchFigures.ts';
import BatchView from '../../../modes/batches/ui/BatchView.tsx';
import { loadFigures } from '../../../modes/load/core/figures.ts';
import { loadHeadline } from '../../../modes/load/core/words.ts';
import LoadView from '../../../modes/load/ui/LoadView.tsx';
import { sustainedFigures } from '../../../modes/sustained/core/figures.ts';
import { sustainedHeadline } from '../../../modes/sustained/core/words.ts';
import SustainedView from '../../../modes/sustained/ui/SustainedView.tsx';
import type { Kind, Mode, ModeRun } from '../../../state/modes/modes.ts';
import { isGoing } from '../../../state/race/race.ts';
import page from '../../parts/Page.module.css';
import { useDrawnRun } from '../../parts/useDrawnRun.ts';
import { SavedLine } from '../SavedLine.tsx';
import { ModeHeadline } from './ModeHeadline.tsx';

interface ResultsProps {
  readonly kind: Kind;
  readonly run: Pick<ModeRun<Kind>, 'status' | 'found'>;
  readonly headline: Headline | null;
  readonly children: ReactNode;
}

/** What stands around the pictures of every kind. */
function Results({ kind, run: { status, found }, headline, children }: ResultsProps) {
  const died = found?.record.died ?? null;
  return (
    <div className={page['main']} data-mode-state={status.state}>
      <ModeHeadline kind={kind} status={status} headline={headline} died={died} />
      <SavedLine kind={kind} />
      {children}
    </div>
  );
}

function SustainedResults() {
  const run = useDrawnRun('sustained');
  const { found } = run;
  const over = !isGoing(run.status);
  const headline =
    found &&
    sustainedHeadline(
      found.record,
      found.settings,
      sustainedFigures(found.record, found.settings, false),
    );
  return (
    <Results kind="sustained" run={run} headline={headline}>
      {found && <SustainedView settings={found.settings} record={found.record} over={over} />}
    </Results>
  );
}

function LoadResults() {
  const run = useDrawnRun('load');
  const { found } = run;
  const headline = found && loadHeadline(found.record, found.record.points.map(loadFigures));
  return (
    <Results kind="load" run={run} headline={headline}>
      {found && <LoadView record={found.record} />}
    </Results>
  );
}

function BatchResults() {
  const run = useDrawnRun('batches');
  const { found } = run;
  const headline = found && batchHeadline(found.record, batchFigures(found.record));
  return (
    <Results kind="batches" run={run} headline={headline}>
      {found && <BatchView record={found.record} />}
    </Results>
  );
}

/** Comes with the choice of it. */
const LiveResults = lazy(() => import('../../../modes/live/ui/LiveResults.tsx'));

/** What the latest run of a kind found; comes with the first choice of it. */
export default function ModeResults({ kind }: { kind: Exclude<Mode, 'race'> }) {
  switch (kind) {
    case 'sustained':
      return <SustainedResults />;
    case 'load':
      return <LoadResults />;
    case 'batches':
      return <BatchResults />;
    case 'live':
      return (
        <Suspense fallback={null}>
          <LiveResults />
        </Suspense>
      );
    default:
      return unreachable(kind);
  }
}
