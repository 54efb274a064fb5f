import { NativeSelect } from '@mantine/core';
import { Link } from 'wouter';
import { type DeviceClass, POWER_PRIORS } from '../../core/energy/priors.ts';
import { pickDeviceClass } from '../../state/bench/choices.ts';
import { deviceClass } from '../../state/bench/selectors.ts';
import { Card } from '../parts/Card.tsx';
import { type DeviceRow, deviceRows } from '../parts/facts.ts';
import { useDevice } from '../parts/use.ts';
import styles from './DevicePage.module.css';
import { SelfTestLine } from './SelfTestLine.tsx';
import { StorageCard } from './StorageCard.tsx';

const SIGNS: Readonly<Record<DeviceRow['state'], string>> = { good: '✓', lacking: '!', info: '·' };
const WORDS: Readonly<Record<DeviceRow['state'], string>> = {
  good: 'has',
  lacking: 'lacks',
  info: 'for your information',
};

function Row({ row }: { row: DeviceRow }) {
  return (
    <div className={styles['row']} data-state={row.state}>
      <dt>
        <span className={styles['sign']} role="img" aria-label={WORDS[row.state]}>
          {SIGNS[row.state]}
        </span>
        {row.title}
      </dt>
      <dd>
        <span className={styles['value']}>{row.value}</span>
        <span className={styles['note']}>{row.note}</span>
      </dd>
    </div>
  );
}

/** The class decides which power prior the energy estimate starts from. */
function ClassPicker() {
  const chosen = useDevice(deviceClass);
  const { source } = POWER_PRIORS[chosen];
  const calibrated = useDevice(({ calibration }) => calibration !== null);
  const classes = Object.entries(POWER_PRIORS) as [DeviceClass, (typeof POWER_PRIORS)['phone']][];
  return (
    <Card title="What kind of device is this?">
      <p className={styles['lead']}>
        Browsers do not report power. Choosing the kind of device narrows the energy estimate from a
        factor of 3 to a factor of 2, either way.
      </p>
      <NativeSelect
        aria-label="Kind of device"
        className={styles['picker']}
        value={chosen}
        onChange={(event) => pickDeviceClass(event.currentTarget.value as DeviceClass)}
        data={classes.map(([value, { title }]) => ({ value, label: title }))}
      />
      <p className={styles['note']}>
        {source}{' '}
        <Link href="/device/energy">
          {calibrated
            ? 'The watts that you read from a meter are used instead.'
            : 'More accurate: read a meter.'}
        </Link>
      </p>
    </Card>
  );
}

export default function DevicePage() {
  const facts = useDevice((state) => state.facts);
  return (
    <main className={styles['page']}>
      <h1 className={styles['title']}>What this browser and device have</h1>
      {facts ? (
        <Card>
          <dl className={styles['list']}>
            {deviceRows(facts).map((row) => (
              <Row key={row.title} row={row} />
            ))}
          </dl>
        </Card>
      ) : (
        <p role="status">Looking…</p>
      )}
      <SelfTestLine />
      <ClassPicker />
      <StorageCard />
    </main>
  );
}
