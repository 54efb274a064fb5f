import type { Inspection } from '../inspection.ts';
import { type Link, type Links, linksOf } from './links.ts';
import { type PlannedRow, planRows } from './railRows.ts';

/** An activation on its way from the row that makes it to the last that reads it. */
export interface Rail {
  readonly link: Link;
  readonly column: number;
  /** Rows, both included. */
  readonly from: number;
  readonly to: number;
}

/** One line of the drawing; rails are given by their places in `Rails.rails`. */
export interface RailRow extends Omit<PlannedRow, 'reads' | 'makes'> {
  /** Where the node's dot stands. */
  readonly column: number;
  /** Rails that come in from above to be read. */
  readonly ins: readonly number[];
  /** Those of `ins` for which this is the last row. */
  readonly ending: readonly number[];
  /** Rails that begin here and go out below. */
  readonly outs: readonly number[];
  /** Rails that pass without being read; only those in columns below `drawn`. */
  readonly through: readonly number[];
  /** Rails that are here at all, drawn or not. */
  readonly living: number;
}

export interface Rails {
  readonly rows: readonly RailRow[];
  readonly rails: readonly Rail[];
  /** Columns that rails and dots stand in. */
  readonly columns: number;
}

/** Columns, the lowest free one first. */
class Columns {
  /** The rail that each column holds, or -1. */
  readonly held: number[] = [];
  private lowest = 0;

  take(rail: number, column: number): number {
    this.held[column] = rail;
    return column;
  }

  free(): number {
    while (this.lowest < this.held.length && this.held[this.lowest] !== -1) this.lowest += 1;
    return this.lowest;
  }

  /** What the first columns hold, without the rails that are read. */
  passing(drawn: number, read: readonly number[]): number[] {
    const passing: number[] = [];
    const end = Math.min(drawn, this.held.length);
    for (let column = 0; column < end; column++) {
      const rail = this.held[column] as number;
      if (rail !== -1 && !read.includes(rail)) passing.push(rail);
    }
    return passing;
  }

  leave(column: number): void {
    this.held[column] = -1;
    this.lowest = Math.min(this.lowest, column);
  }
}

/**
 * Lays a listing out as `git log --graph` does commits: a row for each node, and for each
 * activation a column from where it is made to where it is read last. Columns are used again; the
 * first output of a node goes on in the leftmost column that ends at it, so that trunks stay
 * straight.
 * @param drawn columns from this one on are counted, but their passing rails not listed
 */
export function railsOf(
  inspection: Inspection,
  links: Links = linksOf(inspection),
  drawn = Number.POSITIVE_INFINITY,
): Rails {
  const plans = planRows(inspection, links);
  /** By link: the last row that reads it, and its rail; -1 for none. */
  const last = new Int32Array(links.all.length).fill(-1);
  const railOf = new Int32Array(links.all.length).fill(-1);
  plans.forEach(({ reads }, at) => {
    for (const { id } of reads) last[id] = at;
  });
  const rails: Rail[] = [];
  const columns = new Columns();
  let alive = 0;
  let widest = 0;
  const rows: RailRow[] = [];
  for (const [at, { kind, node, end, depth, opens, reads, makes }] of plans.entries()) {
    const ins: number[] = [];
    const ending: number[] = [];
    for (const link of reads) {
      const place = railOf[link.id] as number;
      if (place === -1) continue;
      ins.push(place);
      if ((rails[place] as Rail).to === at) ending.push(place);
    }
    const through = columns.passing(drawn, ins);
    const before = alive;
    let column = ending.length > 0 ? Number.POSITIVE_INFINITY : columns.free();
    for (const place of ending) {
      const ended = (rails[place] as Rail).column;
      column = Math.min(column, ended);
      columns.leave(ended);
    }
    const outs: number[] = [];
    for (const link of makes) {
      const to = last[link.id] as number;
      if (to === -1) continue;
      const taken = columns.take(rails.length, outs.length === 0 ? column : columns.free());
      outs.push(rails.length);
      railOf[link.id] = rails.length;
      rails.push({ link, column: taken, from: at, to });
    }
    alive += outs.length - ending.length;
    widest = Math.max(widest, column + 1, columns.held.length);
    const living = Math.max(before, alive);
    rows.push({ kind, node, end, depth, opens, column, ins, ending, outs, through, living });
  }
  return { rows, rails, columns: widest };
}
