import { useDeferredValue, useEffect } from 'react';
import { openFirst } from '../../state/inspect/inspecting.ts';
import styles from '../parts/Page.module.css';
import { useBench, useInspection } from '../parts/use.ts';
import { CompareCard } from './CompareCard.tsx';
import { NodesCard } from './NodesCard.tsx';
import { ProfileCard } from './ProfileCard.tsx';
import { SizesCard } from './SizesCard.tsx';
import { SourceCard } from './SourceCard.tsx';
import { SummaryCard } from './SummaryCard.tsx';

/** What is in a model, what it should cost on this device, and what it did cost. */
export default function InspectPage() {
  const catalogue = useBench((state) => state.catalogue.state);
  const subject = useInspection((state) => state.opened.subject);
  // The summary is shown at once; what takes longer to draw follows in a task of its own.
  const drawn = useDeferredValue(subject);
  const comparing = useInspection((state) => state.other !== null);
  useEffect(() => {
    if (catalogue === 'ready') openFirst();
  }, [catalogue]);
  return (
    <main className={styles['page']}>
      <h1 className={styles['hidden']}>Inspect</h1>
      <aside className={styles['side']}>
        <SourceCard />
        <SizesCard />
      </aside>
      <div
        className={styles['main']}
        data-inspect-state={subject.state}
        data-read-ms={subject.state === 'ready' ? subject.readMs : undefined}
        data-count-ms={subject.state === 'ready' ? subject.countMs : undefined}
      >
        <SummaryCard opened={subject} />
        {subject.state === 'ready' && drawn.state === 'ready' && (
          <>
            {comparing && <CompareCard subject={drawn} />}
            <ProfileCard inspection={drawn.inspection} />
            <NodesCard inspection={drawn.inspection} />
          </>
        )}
      </div>
    </main>
  );
}
