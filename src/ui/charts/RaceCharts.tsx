import { device } from '../../state/device.ts';
import { raceFigures } from '../../state/selectors.ts';
import { Card } from '../parts/Card.tsx';
import { useDevice, useRace } from '../use.ts';
import { EnergyChart } from './EnergyChart.tsx';
import { LatencyChart } from './LatencyChart.tsx';
import { MemoryChart } from './MemoryChart.tsx';
import styles from './RaceCharts.module.css';
import { SpreadChart } from './SpreadChart.tsx';

/** The race as pictures, drawn anew with each snapshot of the record. */
export default function RaceCharts() {
  const record = useRace((state) => state.record);
  useDevice((state) => state.pickedClass);
  if (!record) return null;
  const figures = raceFigures(record, device.getState());
  return (
    <>
      <div className={styles['wide']}>
        <Card title="Latency per inference over the rounds, ms">
          <LatencyChart record={record} figures={figures} />
        </Card>
        <Card title="Where the steady samples lie">
          <SpreadChart record={record} figures={figures} />
        </Card>
      </div>
      <div className={styles['even']}>
        <Card title="Energy per inference above idle, mJ: estimate">
          <EnergyChart figures={figures} />
        </Card>
        <Card title="Memory, MB">
          <MemoryChart figures={figures} />
        </Card>
      </div>
    </>
  );
}
