import { bytesParts, count, figure, type Quantity, short } from '../../format.ts';
import type { Fraction } from '../../units.ts';
import { intensity } from '../cost.ts';
import type { InspectedNode, Inspection } from '../inspection.ts';

/** What nodes can be compared by. */
export const MEASURES = [
  { id: 'macs', title: 'MACs' },
  { id: 'flops', title: 'FLOPs' },
  { id: 'bytes', title: 'Bytes moved' },
  { id: 'parameters', title: 'Parameters' },
  { id: 'live', title: 'Live memory' },
] as const;
export type Measure = (typeof MEASURES)[number]['id'];

/** A node's part of a measure; null where it is not known. */
export function measured({ cost, parameters, live }: InspectedNode, by: Measure): number | null {
  switch (by) {
    case 'macs':
      return cost?.macs ?? null;
    case 'flops':
      return cost?.flops ?? null;
    case 'bytes':
      return cost ? cost.read + cost.written : null;
    case 'parameters':
      return parameters;
    case 'live':
      return live;
  }
}

/** What shares are shares of: all nodes together, or of live memory the most at once. */
export function whole({ cost, nodes, peak }: Inspection, by: Measure): number {
  switch (by) {
    case 'macs':
      return cost.macs;
    case 'flops':
      return cost.flops;
    case 'bytes':
      return cost.read + cost.written;
    case 'parameters':
      // Shared weights count at each node that reads them, or shares would pass the whole.
      return nodes.reduce((sum, node) => sum + node.parameters, 0);
    case 'live':
      return peak?.bytes ?? 0;
  }
}

/** MACs, the usual measure; bytes for a model without any. */
export const firstMeasure = ({ cost }: Inspection): Measure => (cost.macs > 0 ? 'macs' : 'bytes');

/** Shares of one measure by node, and the largest of them, which bars are drawn against. */
export interface Shares {
  readonly by: Measure;
  /** Null where not known; 0 where the whole is. */
  readonly of: readonly (Fraction | null)[];
  readonly largest: Fraction;
}

export function sharesOf(inspection: Inspection, by: Measure): Shares {
  const all = whole(inspection, by);
  const of = inspection.nodes.map((node) => {
    const value = measured(node, by);
    return value === null ? null : all > 0 ? value / all : 0;
  });
  return { by, of, largest: of.reduce<number>((most, each) => Math.max(most, each ?? 0), 0) };
}

/** FLOPs for each byte; null for what moves none, or is not known. */
export function intensityOf({ cost }: InspectedNode): number | null {
  const value = cost ? intensity(cost) : Number.NaN;
  return Number.isFinite(value) ? value : null;
}

/** "6.90 M", and small counts as they are: "7" */
export const amount = (value: number): string =>
  Number.isInteger(value) && value < 1000 ? count(value) : short(value);

/** A measure's value for a sentence: "6.90 M MACs", "1.20 MB". */
export function measureText(value: number, by: Measure): string {
  if (by === 'bytes' || by === 'live') return quantityText(bytesParts(value));
  return `${amount(value)} ${by === 'macs' ? 'MACs' : by === 'flops' ? 'FLOPs' : 'parameters'}`;
}
const quantityText = ({ value, unit }: Quantity) => `${value} ${unit}`;

/** One unit for a column, so that its figures can be compared at a glance. */
export interface Scale {
  /** "M", "KB"; '' for plain counts. */
  readonly unit: string;
  readonly of: number;
}

const COUNTS = ['', 'k', 'M', 'G', 'T'];
const BYTES = ['B', 'KB', 'MB', 'GB', 'TB'];

/** The unit in which the largest value has one to three digits before the point. */
export function scaleFor(values: Iterable<number | null>, kind: 'count' | 'bytes'): Scale {
  let most = 0;
  for (const value of values) most = Math.max(most, value ?? 0);
  const step = most < 1000 ? 0 : Math.min(4, Math.floor(Math.log10(most * 1.0005) / 3));
  return { unit: (kind === 'bytes' ? BYTES : COUNTS)[step] as string, of: 1000 ** step };
}

/** At most three decimals: what is smaller does not matter beside the largest of its column. */
export function scaled(value: number, { of }: Scale): string {
  if (of === 1) return count(value);
  const inUnit = value / of;
  if (value > 0 && inUnit < 0.001) return '<0.001';
  return inUnit < 0.1
    ? figure(Number(inUnit.toFixed(3))).replace(/(\.\d{3})\d*$/, '$1')
    : figure(inUnit);
}
