export const RACE_COLUMNS = [
  'lane',
  'variant',
  'precision',
  'bytes',
  'backend',
  'threads',
  'reference',
  'round',
  'at_ms',
  'batch',
  'ms',
  'phase',
  'excluded',
] as const;

export type RaceColumn = (typeof RACE_COLUMNS)[number];
