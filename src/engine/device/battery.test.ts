import { afterEach, expect, it, vi } from 'vitest';
import { watchBattery } from './battery.ts';

class FakeBattery extends EventTarget {
  level = 0.8;
  charging = false;
  chargingTime = Number.POSITIVE_INFINITY;

  become(part: Partial<Pick<FakeBattery, 'level' | 'charging'>>): void {
    Object.assign(this, part);
    this.dispatchEvent(new Event('level' in part ? 'levelchange' : 'chargingchange'));
  }
}

const install = (battery: FakeBattery | null) =>
  vi.stubGlobal('navigator', battery ? { getBattery: async () => battery } : {});

afterEach(() => vi.unstubAllGlobals());

it('keeps every level of the battery until it is told to end', async () => {
  const battery = new FakeBattery();
  install(battery);
  const watched = await watchBattery();
  battery.become({ level: 0.79 });
  battery.become({ level: 0.78 });
  watched?.end();
  battery.become({ level: 0.5 });
  expect(watched?.readings().map(({ level }) => level)).toEqual([0.8, 0.79, 0.78]);
  expect(watched?.charged()).toBe(false);
});

it('remembers that it was charged, however short', async () => {
  const battery = new FakeBattery();
  install(battery);
  const watched = await watchBattery();
  battery.become({ charging: true });
  battery.become({ charging: false });
  expect(watched?.charged()).toBe(true);
});

it('is not there where the browser hides it, or makes up a full one', async () => {
  install(null);
  expect(await watchBattery()).toBeNull();
  install(Object.assign(new FakeBattery(), { level: 1, charging: true, chargingTime: 0 }));
  expect(await watchBattery()).toBeNull();
});
