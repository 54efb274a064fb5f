/** A lane's start, watched from the page: a worker that says nothing for too long hangs. */
import { Fault } from '../../core/errors.ts';
import type { Milliseconds } from '../../core/units.ts';
import type { LaneStep } from '../protocol.ts';

const TICK_MS: Milliseconds = 1000;
/** The longest step, of which nobody can tell how far it is: so many times as long may it take. */
const COMPILING = 6;

/** What a worker does after each step; `null` before its first. */
const doing = (step: LaneStep | null): string => {
  switch (step) {
    case null:
      return 'its script was loaded';
    case 'script':
      return 'the runtime was loaded';
    case 'compiling':
      return 'the runtime was compiled';
    case 'runtime':
    case 'compiled':
    case 'thread':
      return 'the runtime’s threads started';
    case 'started':
      return 'the model was opened';
  }
};

/** A worker fell silent before its runtime ran. */
export class Silent extends Fault {
  constructor(seconds: number, step: LaneStep | null) {
    super('LaneDiedError', `Its worker did not respond for ${seconds} s while ${doing(step)}.`);
  }
}

/**
 * Counts the seconds since a worker was last heard of, until its runtime runs: opening a model may
 * take long, and the thread that does it can say nothing meanwhile. Seconds in which this page
 * could do nothing either (it slept, it is hidden) do not count.
 */
export class Silence {
  /** Rejects with `Silent`; never resolves. */
  readonly broken: Promise<never>;
  private timer: ReturnType<typeof setInterval> | undefined;
  private step: LaneStep | null = null;
  private ticks = 0;

  /** @param patience seconds without a step */
  constructor(patience: number) {
    this.broken = new Promise((_, reject) => {
      this.timer = setInterval(() => {
        this.ticks += 1;
        const limit = this.step === 'compiling' ? COMPILING * patience : patience;
        if (this.ticks < limit) return;
        this.end();
        reject(new Silent(limit, this.step));
      }, TICK_MS);
    });
    // Nobody may be listening by then.
    this.broken.catch(() => {});
  }

  heard(step: LaneStep): void {
    this.step = step;
    this.ticks = 0;
    if (step === 'started') this.end();
  }

  end(): void {
    clearInterval(this.timer);
  }
}
