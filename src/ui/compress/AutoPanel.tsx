import { Button, NumberInput } from '@mantine/core';
import { makeAuto } from '../../state/compress/autoMaking.ts';
import { isCompressing } from '../../state/compress/compress.ts';
import { stopCompressing } from '../../state/compress/compressJob.ts';
import { setBudget } from '../../state/compress/compressSource.ts';
import { useCompression } from '../parts/use.ts';
import styles from './SourceCard.module.css';

/** One button for those who want the best that this device can give. */
export function AutoPanel({ busy, classifier }: { busy: boolean; classifier: boolean }) {
  const running = useCompression(isCompressing);
  const { agreement, sqnr } = useCompression((state) => state.budget);
  return (
    <div className={styles['auto']}>
      {running ? (
        <Button fullWidth size="md" variant="default" onClick={stopCompressing}>
          Cancel
        </Button>
      ) : (
        <Button fullWidth size="md" disabled={busy} onClick={() => void makeAuto()}>
          Make it small and fast
        </Button>
      )}
      <p className={styles['hint']}>chooses for each layer by measuring here, and keeps at least</p>
      <div className={styles['budget']}>
        <NumberInput
          aria-label="Share of answers that stay the same, in per cent"
          min={50}
          max={100}
          step={0.5}
          decimalScale={1}
          suffix="% same answers"
          disabled={running}
          value={Math.round(agreement * 1000) / 10}
          onChange={(value) => typeof value === 'number' && setBudget({ agreement: value / 100 })}
        />
        {!classifier && (
          <NumberInput
            aria-label="SQNR in decibels, where the outputs are not classes or the inputs are noise"
            min={0}
            max={80}
            step={1}
            suffix=" dB SQNR"
            disabled={running}
            value={sqnr}
            onChange={(value) => typeof value === 'number' && setBudget({ sqnr: value })}
          />
        )}
      </div>
    </div>
  );
}
