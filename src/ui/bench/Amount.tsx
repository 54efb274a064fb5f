import { durationParts, type Quantity } from '../../core/format.ts';
import styles from '../parts/FoldingTable.module.css';

/** Where nothing was measured. */
export const NONE = '–';

export function Amount({ quantity, big }: { quantity: Quantity | null; big?: boolean }) {
  if (!quantity) return NONE;
  return (
    <>
      <span className={big ? styles['big'] : undefined}>{quantity.value}</span>{' '}
      <span className={styles['unit']}>{quantity.unit}</span>
    </>
  );
}

export const time = (ms: number | null | undefined) =>
  ms === null || ms === undefined ? null : durationParts(ms);
