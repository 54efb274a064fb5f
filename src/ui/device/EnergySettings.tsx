import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { BATTERY_WH, footprintOf } from '../../core/energy/footprint.ts';
import { GRID_SOURCE, GRIDS, WATER_SOURCE } from '../../core/energy/grids.ts';
import { readPositive } from '../../core/energy/watts.ts';
import { TIER_TITLES } from '../../core/energy/words.ts';
import { list } from '../../core/format.ts';
import { deviceClass } from '../../state/bench/selectors.ts';
import { setFootprint } from '../../state/energy/calibrations.ts';
import { secondOfWork } from '../../state/energy/energyDraft.ts';
import { Card } from '../parts/Card.tsx';
import { footprintParts } from '../parts/footprintWords.ts';
import { useDevice } from '../parts/use.ts';
import { useEnergy } from '../parts/useEnergy.ts';
import styles from './Energy.module.css';
import { whyWrong } from './whyWrong.ts';

interface AmountFieldProps {
  readonly label: string;
  readonly what: string;
  readonly unit: string;
  readonly most: number;
  readonly value: number | null;
  readonly placeholder: string;
  readonly onValue: (value: number | null) => void;
}

/** A positive number; what is wrong stays in the field and out of the settings. */
function AmountField({ label, what, unit, most, value, placeholder, onValue }: AmountFieldProps) {
  const [text, setText] = useState(value === null ? '' : String(value));
  const typed = readPositive(text, what, most, unit);
  return (
    <TextInput
      label={label}
      inputMode="decimal"
      placeholder={placeholder}
      value={text}
      error={whyWrong(typed)}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        const now = readPositive(currentTarget.value, what, most, unit);
        if (now.state === 'good') onValue(now.value);
        if (now.state === 'empty') onValue(null);
      }}
    />
  );
}

/** An hour at full load comes to this: a size that people know. */
function AnHour() {
  const settings = useEnergy((state) => state.footprint);
  const state = useDevice((device) => device);
  const kind = deviceClass(state);
  const busy = secondOfWork(state);
  const found = footprintOf(busy.marginal, 3600, settings, kind);
  return (
    <p className={styles['lead']} data-figure="hour">
      An hour of inference without a pause, above idle:{' '}
      <b>{list(footprintParts(found, settings))}</b> ({TIER_TITLES[busy.tier]}).
    </p>
  );
}

/** Where the energy comes from and what it costs; the result is stored in this browser. */
export function EnergySettings() {
  const settings = useEnergy((state) => state.footprint);
  const kind = useDevice(deviceClass);
  const assumed = BATTERY_WH[kind];
  const { grid, ownGrams, pricePerKwh, currency, batteryWh } = settings;
  return (
    <Card title="What the energy amounts to: carbon, water, money, battery" method="energy">
      <AnHour />
      <div className={styles['fields']}>
        <NativeSelect
          label="Electricity from"
          value={grid}
          onChange={(event) => setFootprint({ grid: event.currentTarget.value })}
          data={[
            ...GRIDS.map(({ id, title, gramsPerKwh }) => ({
              value: id,
              label: `${title}, ${gramsPerKwh} g/kWh`,
            })),
            { value: 'own', label: 'My own figure' },
          ]}
        />
        {grid === 'own' && (
          <AmountField
            label="Grams CO₂e per kWh"
            what="A grid’s carbon"
            unit="g/kWh"
            most={2000}
            placeholder="100"
            value={ownGrams}
            onValue={(value) => setFootprint({ ownGrams: value })}
          />
        )}
        <AmountField
          label="Price per kWh"
          what="A price"
          unit="per kWh"
          most={1000}
          placeholder="0.30"
          value={pricePerKwh}
          onValue={(value) => setFootprint({ pricePerKwh: value })}
        />
        <TextInput
          label="Currency"
          value={currency}
          maxLength={6}
          onChange={(event) => setFootprint({ currency: event.currentTarget.value })}
        />
        <AmountField
          label="Battery capacity, Wh"
          what="What a battery holds"
          unit="Wh"
          most={300}
          placeholder={assumed === null ? 'not known' : `${assumed} assumed`}
          value={batteryWh}
          onValue={(value) => setFootprint({ batteryWh: value })}
        />
      </div>
      <p className={styles['note']}>
        {GRID_SOURCE} {WATER_SOURCE} Grids without their own water figure use the world’s.
      </p>
    </Card>
  );
}
