import { Card } from '../parts/Card.tsx';
import { EnergyChart } from './EnergyChart.tsx';
import { LatencyChart } from './LatencyChart.tsx';
import { MemoryChart } from './MemoryChart.tsx';
import { PhasesChart } from './PhasesChart.tsx';
import styles from './RaceCharts.module.css';
import { SpreadChart } from './SpreadChart.tsx';

/** The race as pictures; each draws itself anew in a frame of its own. */
export default function RaceCharts() {
  return (
    <>
      <div className={styles['wide']}>
        <Card title="Latency per inference, ms, over the rounds">
          <LatencyChart />
        </Card>
        <Card title="Where the steady samples lie, ms">
          <SpreadChart />
        </Card>
      </div>
      <div className={styles['even']}>
        <Card title="Energy per inference above idle, mJ">
          <EnergyChart />
        </Card>
        <Card title="Memory of each lane">
          <MemoryChart />
        </Card>
      </div>
      <Card title="From nothing to steady">
        <PhasesChart />
      </Card>
    </>
  );
}
