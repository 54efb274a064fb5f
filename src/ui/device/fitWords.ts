import type { PowerFit, Term } from '../../core/energy/fit.ts';
import { count, figure, list, percent } from '../../core/format.ts';

/** A term with its unit, its meaning, and why it may be missing. */
export interface TermRow {
  readonly term: Term;
  readonly title: string;
  readonly value: string;
  readonly explains: string;
}

const ABOUT: Readonly<
  Record<Term, { title: string; unit: string; scale: number; explains: string }>
> = {
  base: {
    title: 'Base, as soon as anything runs',
    unit: 'W',
    scale: 1,
    explains: 'P0: clocks raised, caches and memory powered up.',
  },
  thread: {
    title: 'Per busy thread',
    unit: 'W',
    scale: 1,
    explains: 'A core that runs, whatever it computes.',
  },
  mac: {
    title: 'Per multiply-accumulate',
    unit: 'pJ',
    scale: 1e12,
    explains: 'Instructions fetched, decoded and computed, for each of the model’s MACs.',
  },
  byte: {
    title: 'Per byte moved',
    unit: 'pJ',
    scale: 1e12,
    explains: 'Weights and activations to and from memory, at least once each.',
  },
};

/** The terms of a fit as a table; those left out say so. */
export function termRows({ terms, used, threaded }: PowerFit): TermRow[] {
  return (Object.keys(ABOUT) as Term[])
    .filter((term) => term !== 'thread' || threaded)
    .map((term) => {
      const { title, unit, scale, explains } = ABOUT[term];
      const value = used.includes(term) ? `${figure(terms[term] * scale)} ${unit}` : 'left out';
      return { term, title, value, explains };
    });
}

/** What the fit found, and how far it can be trusted. */
export function fitSentence(fit: PowerFit, short: boolean): string {
  const { rows, worst, within, used } = fit;
  const loads = rows.length === 1 ? 'one load' : `${count(rows.length)} loads`;
  const from = `Fitted to ${loads}${short ? ', each short' : ''}`;
  if (worst === null) {
    return `${from}: with one load there is no way to check how far off another one may be, so the power is taken as ±${Math.round(within * 100)}%. Read a second one.`;
  }
  const names = used.map((term) => ABOUT[term].title.toLowerCase());
  const parts =
    used.length === 1 ? `one term (${names[0]})` : `${used.length} terms (${list(names)})`;
  const missing =
    used.length < 4
      ? ' Terms are left out where these loads cannot tell them apart, or where they predict worse with them.'
      : '';
  return `${from} with ${parts}. Loads that were left out of the fit were off by ${percent(worst)} at most, so power is known to ±${Math.round(within * 100)}%.${missing}`;
}
