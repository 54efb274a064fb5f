/** Greenhouse gas and water of one kilowatt-hour from the public grid. */
export interface Grid {
  readonly id: string;
  readonly title: string;
  /** Grams of CO2 equivalent. */
  readonly gramsPerKwh: number;
  /** Litres that power stations use up; null where no figure is at hand. */
  readonly litresPerKwh: number | null;
}

export const GRID_SOURCE =
  'Yearly averages for 2023: countries from CodeCarbon’s data, the world from EcoLogits. In a single hour, a grid can be three times cleaner or dirtier.';
export const WATER_SOURCE =
  'Water consumed by power stations, in litres per kWh (EcoLogits): the United States 3.13, France 3.67, the world 3.91. The device itself uses none.';

/** Cleanest first; the world last. */
export const GRIDS = [
  { id: 'SE', title: 'Sweden', gramsPerKwh: 41, litresPerKwh: null },
  { id: 'FR', title: 'France', gramsPerKwh: 56, litresPerKwh: 3.67 },
  { id: 'US', title: 'United States', gramsPerKwh: 369, litresPerKwh: 3.13 },
  { id: 'DE', title: 'Germany', gramsPerKwh: 381, litresPerKwh: null },
  { id: 'CN', title: 'China', gramsPerKwh: 582, litresPerKwh: null },
  { id: 'IN', title: 'India', gramsPerKwh: 713, litresPerKwh: null },
  { id: 'world', title: 'World', gramsPerKwh: 473, litresPerKwh: 3.91 },
] as const satisfies readonly Grid[];

export const WORLD: Grid = GRIDS[GRIDS.length - 1] as Grid;

export const gridOf = (id: string): Grid => GRIDS.find((grid) => grid.id === id) ?? WORLD;
