import type { BatteryReading } from '../../core/energy/battery.ts';

/** The battery as browsers that tell of it do: Chromium only. */
interface BatteryManager extends EventTarget {
  readonly level: number;
  readonly charging: boolean;
  readonly chargingTime: number;
}

/** A battery while it is watched. */
export interface WatchedBattery {
  /** What it said so far, the first reading from when watching began. */
  readings(): readonly BatteryReading[];
  /** Whether it was charging at any moment. */
  charged(): boolean;
  end(): void;
}

/** @returns null where there is none, or the browser hides it */
export async function batteryManager(): Promise<BatteryManager | null> {
  const { getBattery } = navigator as Navigator & { getBattery?(): Promise<BatteryManager> };
  const battery = await getBattery?.call(navigator).catch(() => null);
  if (!battery) return null;
  // Browsers give a full, charging battery to machines that have none.
  return battery.level === 1 && battery.charging && battery.chargingTime === 0 ? null : battery;
}

/** @returns null where there is no battery, or the browser hides it */
export async function watchBattery(): Promise<WatchedBattery | null> {
  const battery = await batteryManager();
  if (!battery) return null;
  const now = (): BatteryReading => ({ at: performance.now(), level: battery.level });
  const seen = [now()];
  let charged = battery.charging;
  const listen = () => {
    seen.push(now());
    charged ||= battery.charging;
  };
  const kinds = ['levelchange', 'chargingchange'] as const;
  for (const kind of kinds) battery.addEventListener(kind, listen);
  return {
    readings: () => seen,
    charged: () => charged,
    end: () => {
      for (const kind of kinds) battery.removeEventListener(kind, listen);
    },
  };
}
