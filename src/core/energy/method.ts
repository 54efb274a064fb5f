/**
 * How this project turns times into energy. A version is raised whenever a figure may come out
 * otherwise for the same race: figures of different versions are not comparable (EcoLogits moved
 * its figures 44 times between 0.8.2 and 0.9.1 without saying so in any figure).
 */
export interface EnergyMethod {
  readonly name: string;
  readonly version: number;
  /** What changed with this version. */
  readonly changed: string;
}

/** Oldest first; the last one is in use. */
export const ENERGY_METHODS = [
  {
    name: 'time × power',
    version: 1,
    changed: 'Power is a prior for the device class.',
  },
  {
    name: 'time × power',
    version: 2,
    changed:
      'Power comes from watts that the user read, where there are any; the energy of arithmetic and memory alone is given as a lower bound.',
  },
] as const satisfies readonly EnergyMethod[];

export const ENERGY_METHOD: EnergyMethod = ENERGY_METHODS[1];

/** "time × power, version 2" */
export const methodTitle = ({ name, version }: EnergyMethod): string =>
  `${name}, version ${version}`;
