import { useEffect, useMemo, useRef } from 'react';
import { isCompressing } from '../../state/compress/compress.ts';
import { sourceIn } from '../../state/compress/compressSource.ts';
import { shownOf, variantRows } from '../../state/compress/compressView.ts';
import page from '../parts/Page.module.css';
import { useBench, useCompression, useDevice } from '../parts/use.ts';
import { AnswersCard } from './AnswersCard.tsx';
import { AutoCard } from './AutoCard.tsx';
import { ChooseCard } from './ChooseCard.tsx';
import styles from './CompressPage.module.css';
import { HeadlineCard } from './HeadlineCard.tsx';
import { LayersCard } from './LayersCard.tsx';
import { ParetoCard } from './ParetoCard.tsx';
import { SourceCard } from './SourceCard.tsx';
import { VariantsTable } from './VariantsTable.tsx';

/** Makes a model smaller on this device, and proves what it bought. */
export default function CompressPage() {
  const models = useBench((state) => state.models);
  const modelId = useBench((state) => state.modelId);
  const variantId = useCompression((state) => state.variantId);
  const made = useCompression((state) => state.made);
  const originals = useCompression((state) => state.originals);
  const chosen = useCompression((state) => state.shown);
  const state = useCompression(({ job }) => job.state);
  const running = useCompression(isCompressing);
  const device = useDevice((all) => all);
  const source = useMemo(
    () => sourceIn({ models, modelId }, { variantId }),
    [models, modelId, variantId],
  );
  const rows = useMemo(
    () => (source ? variantRows({ made, originals }, source, device) : []),
    [made, originals, source, device],
  );
  const shown = source && shownOf({ made, shown: chosen }, source);
  const noGain = useCompression((all) => (source ? (all.noGain[source.key] ?? null) : null));
  const results = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // On a phone the results stand below the fold; whoever presses a button wants to see them.
    if (running && matchMedia('(max-width: 47.5em)').matches) results.current?.scrollIntoView();
  }, [running]);
  return (
    <main className={page['page']}>
      <h1 className={page['hidden']}>Compress</h1>
      <aside className={page['side']}>
        <SourceCard />
        <ChooseCard />
      </aside>
      <div ref={results} className={page['main']} data-compress-state={state}>
        <HeadlineCard source={source} />
        {noGain && <AutoCard auto={noGain} />}
        {shown && (
          <>
            <div className={styles['two']}>
              <ParetoCard rows={rows} />
              <AnswersCard made={shown} />
            </div>
            <VariantsTable rows={rows} shown={shown.id} />
            {shown.auto && <AutoCard auto={shown.auto} />}
            <LayersCard key={shown.id} made={shown} />
          </>
        )}
      </div>
    </main>
  );
}
