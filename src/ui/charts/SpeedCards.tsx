import { Card } from '../parts/Card.tsx';
import styles from './cards.module.css';
import { LatencyChart } from './LatencyChart.tsx';
import { SpreadChart } from './SpreadChart.tsx';

/** How fast each lane is, over time and all in all; each picture draws itself in a frame of its own. */
export default function SpeedCards() {
  return (
    <div className={styles['wide']}>
      <Card title="Latency per inference, ms, over the rounds" method="latency">
        <LatencyChart />
      </Card>
      <Card title="Where the steady samples lie, ms">
        <SpreadChart />
      </Card>
    </div>
  );
}
