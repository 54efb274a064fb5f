import { NativeSelect } from '@mantine/core';
import { firstSort, type Sort, type SortKey } from '../../core/inspect/nodes/search.ts';
import styles from './NodesCard.module.css';

const TITLES: Readonly<Record<SortKey, string>> = {
  order: 'Order',
  operator: 'Operator',
  name: 'Name',
  output: 'Output size',
  macs: 'MACs',
  flops: 'FLOPs',
  parameters: 'Parameters',
  read: 'Bytes read',
  written: 'Bytes written',
  intensity: 'Intensity',
  live: 'Live memory',
};
const KEYS = Object.keys(TITLES) as SortKey[];

/** Where there is no room for headings to sort by. */
export function SortSelect({ sort, onSort }: { sort: Sort; onSort: (sort: Sort) => void }) {
  return (
    <NativeSelect
      className={styles['measure']}
      size="xs"
      aria-label="Sort by"
      value={sort.key}
      onChange={(event) => {
        const key = KEYS.find((each) => each === event.currentTarget.value);
        if (key) onSort(firstSort(key));
      }}
      data={KEYS.map((key) => ({ value: key, label: `Sort: ${TITLES[key]}` }))}
    />
  );
}
