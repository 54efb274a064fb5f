import { Card } from '../parts/Card.tsx';
import styles from './cards.module.css';
import { EnergyChart } from './EnergyChart.tsx';
import { MemoryChart } from './MemoryChart.tsx';
import { PhasesChart } from './PhasesChart.tsx';

/** What each lane costs beside its time: energy, memory and its start. */
export default function CostCards() {
  return (
    <>
      <div className={styles['even']}>
        <Card title="Energy per inference above idle, mJ" method="energy">
          <EnergyChart />
        </Card>
        <Card title="Memory of each lane" method="memory">
          <MemoryChart />
        </Card>
      </div>
      <Card title="Cold start" method="latency">
        <PhasesChart />
      </Card>
    </>
  );
}
