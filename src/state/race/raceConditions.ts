import { createStore } from 'zustand/vanilla';
import type { Conditions } from '../../core/conditions/conditions.ts';
import { takeConditions } from './conditions.ts';
import { race } from './race.ts';

/** What the latest race started under; null before one, and where the device is not known yet. */
export const raceConditions = createStore<{ readonly conditions: Conditions | null }>(() => ({
  conditions: null,
}));

/** Takes the conditions whenever a race begins: a moment later the race itself is the load. */
export function watchRaceConditions(): void {
  race.subscribe(({ status, record }, before) => {
    // A record of null is how a race begins; a hidden tab that comes back keeps its record.
    if (status.state !== 'running' || record !== null || before.status.state === 'running') return;
    raceConditions.setState({ conditions: null });
    void takeConditions().then((conditions) => raceConditions.setState({ conditions }));
  });
}
