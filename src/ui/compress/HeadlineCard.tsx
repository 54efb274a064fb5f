import { Progress } from '@mantine/core';
import { useMemo } from 'react';
import { compressHeadline } from '../../core/compress/report/headline.ts';
import { count } from '../../core/format.ts';
import type { Job } from '../../state/compress/compress.ts';
import { stopCompressing } from '../../state/compress/compressJob.ts';
import type { CompressSource } from '../../state/compress/compressSource.ts';
import { standingsOf } from '../../state/compress/compressView.ts';
import { Card } from '../parts/Card.tsx';
import { Fault } from '../parts/Fault.tsx';
import sentence from '../parts/Headline.module.css';
import { toneColour } from '../parts/laneStyle.ts';
import { useVariantLook } from '../parts/looks.tsx';
import { TextButton } from '../parts/TextButton.tsx';
import { fetchingText } from '../parts/transfers.ts';
import { useCompression, useTransfers } from '../parts/use.ts';
import styles from './HeadlineCard.module.css';

/** Before this much time has passed, what is left is a guess. */
const ENOUGH_MS = 800;

function leftText({ done, of, since }: Extract<Job, { state: 'running' }>): string {
  const spent = performance.now() - since;
  if (done <= 0 || done >= of || spent < ENOUGH_MS) return '';
  const seconds = Math.round(((spent / done) * (of - done)) / 1000);
  return seconds < 1 ? '' : `, about ${count(seconds)} s left`;
}

function RunningLine({ job }: { job: Extract<Job, { state: 'running' }> }) {
  const fetching = fetchingText(useTransfers());
  const { doing, done, of } = job;
  const counted = of > 1 ? ` ${count(done)} of ${count(of)}${leftText(job)}` : '…';
  return (
    <div className={styles['running']}>
      <p role="status">{fetching ?? `${doing}${of > 1 ? ':' : ''}${counted}`}</p>
      <TextButton disabled={false} onClick={stopCompressing}>
        Cancel
      </TextButton>
      <Progress
        className={styles['bar']}
        size="sm"
        value={of > 1 ? (done / of) * 100 : 0}
        aria-label="Progress of the compression"
      />
    </div>
  );
}

/** The answer first: what was bought, in a sentence. */
export function HeadlineCard({ source }: { source: CompressSource | null }) {
  const lookOf = useVariantLook();
  const job = useCompression((state) => state.job);
  const made = useCompression((state) => state.made);
  const originals = useCompression((state) => state.originals);
  const headline = useMemo(
    () => source && compressHeadline(standingsOf({ made, originals }, source)),
    [made, originals, source],
  );
  return (
    <Card>
      {job.state === 'failed' && <Fault error={job.error} />}
      {headline ? (
        <>
          <p className={sentence['say']} data-compress-headline>
            {headline.sentence.map(({ text, variant, bad }, i) =>
              variant || bad ? (
                <em
                  key={i}
                  style={{ color: variant ? toneColour(lookOf(variant).tone) : 'var(--bad)' }}
                >
                  {text}
                </em>
              ) : (
                <span key={i}>{text}</span>
              ),
            )}
          </p>
          {headline.evidence && <p className={sentence['evidence']}>{headline.evidence}</p>}
        </>
      ) : (
        <>
          <p className={sentence['say']}>
            The same model in fewer bytes: made here, raced here, yours to download.
          </p>
          <p className={sentence['evidence']}>
            Press the button, or choose a technique. The page makes a new .onnx file on this device,
            compares its answers with the original’s on inputs that were not used for calibration,
            races the two, and shows which layers lost the most accuracy.
          </p>
        </>
      )}
      {job.state === 'running' && <RunningLine job={job} />}
    </Card>
  );
}
