import { NativeSelect, TextInput } from '@mantine/core';
import type { MeterKind } from '../../core/energy/calibration.ts';
import { setMeter, setSeconds, typeReading } from '../../state/energy/energyCalibrating.ts';
import { batteryTyped, stepTyped } from '../../state/energy/energyDraft.ts';
import { Card } from '../parts/Card.tsx';
import { useDevice, useTaken } from '../parts/use.ts';
import { useWizard } from '../parts/useEnergy.ts';
import styles from './Energy.module.css';
import { durationsOf, METERS, meterOf } from './meters.ts';
import { whyWrong } from './whyWrong.ts';

/** Where the watts come from, and what to do to see them. */
export function EnergyMeter() {
  const { meter, seconds, typed } = useWizard((state) => state);
  const battery = useDevice(({ facts }) => facts?.battery ?? null);
  const taken = useTaken();
  const { steps, command, sees } = meterOf(meter);
  const durations = durationsOf(meter);
  const isBattery = meter === 'battery';
  const choose = (kind: MeterKind) => setMeter(kind, durationsOf(kind)[0]?.[0] ?? 30);
  return (
    <Card title="1. How do you read power?">
      <div className={styles['fields']}>
        <NativeSelect
          label="Meter"
          disabled={taken}
          value={meter}
          onChange={(event) => choose(event.currentTarget.value as MeterKind)}
          data={METERS.map(({ kind, title }) => ({
            value: kind,
            label:
              kind === 'battery' && !battery ? `${title} (not reported by this browser)` : title,
            disabled: kind === 'battery' && !battery,
          }))}
        />
        <NativeSelect
          label="Each step lasts"
          disabled={taken}
          value={String(seconds)}
          onChange={(event) => setSeconds(Number(event.currentTarget.value))}
          data={durations.map(([value, label]) => ({ value: String(value), label }))}
        />
        {isBattery ? (
          <TextInput
            label="Battery capacity, Wh"
            inputMode="decimal"
            placeholder="55"
            disabled={taken}
            value={typed.battery}
            error={whyWrong(batteryTyped({ typed }))}
            onChange={(event) => typeReading({ battery: event.currentTarget.value })}
          />
        ) : (
          <TextInput
            label="Meter resolution, W"
            inputMode="decimal"
            value={typed.step}
            error={whyWrong(stepTyped({ typed }))}
            onChange={(event) => typeReading({ step: event.currentTarget.value })}
          />
        )}
      </div>
      <ol className={styles['steps']}>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {command && <pre className={styles['command']}>{command}</pre>}
      <p className={styles['note']}>
        It measures: {sees}
        {seconds < 30 && ' Short steps widen every interval, because meters average over seconds.'}
      </p>
    </Card>
  );
}
