import { figure } from '../format.ts';
import type { Watts } from '../units.ts';

/** What a person typed, as a number, or a sentence that says what is wrong with it. */
export type Typed =
  | { readonly state: 'empty' }
  | { readonly state: 'good'; readonly value: number }
  | { readonly state: 'wrong'; readonly why: string };

/** More than any computer on one socket draws (16 A at 100 V is 1,600 W). */
const MAX_WATTS: Watts = 1500;

/** "12", "12.5", "12,5" and "0.8"; a comma with three digits behind it could be thousands. */
const NUMBER = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)$/;

/** A decimal number as people type it, with a point or a comma; NaN for anything else. */
export function readNumber(text: string): number {
  const plain = text.trim();
  return NUMBER.test(plain) ? Number(plain.replace(',', '.')) : Number.NaN;
}

/** A positive number; `what` begins the sentence: "The price". */
export function readPositive(text: string, what: string, most: number, unit: string): Typed {
  if (text.trim() === '') return { state: 'empty' };
  const value = readNumber(text);
  if (Number.isNaN(value)) {
    return {
      state: 'wrong',
      why: `“${text.trim()}” is not a number. Type digits only, such as 12.5.`,
    };
  }
  if (value <= 0) {
    return {
      state: 'wrong',
      why: `${what} cannot be ${text.trim()} ${unit}; it must be more than 0.`,
    };
  }
  if (value > most) {
    return {
      state: 'wrong',
      why: `${what} cannot be ${text.trim()} ${unit}; up to ${figure(most)} ${unit} is possible. Is a decimal point missing?`,
    };
  }
  return { state: 'good', value };
}

/** Watts as read from a meter, the device doing nothing. */
export function readIdleWatts(text: string): Typed {
  const typed = readPositive(text, 'A device’s power', MAX_WATTS, 'W');
  if (typed.state !== 'wrong' || readNumber(text) > 0 || Number.isNaN(readNumber(text))) {
    return typed;
  }
  return {
    state: 'wrong',
    why: `${text.trim()} W is impossible: a device that is on draws more than 0 W. If the meter shows 0, its resolution is too coarse for this device.`,
  };
}

/** Watts read while a load ran: more than idle, or there is nothing to learn from them. */
export function readBusyWatts(text: string, idle: Watts | null): Typed {
  const typed = readIdleWatts(text);
  if (typed.state !== 'good' || idle === null || typed.value > idle) return typed;
  return {
    state: 'wrong',
    why: `${figure(typed.value)} W is not above the ${figure(idle)} W of the idle device. Read it while the load is running; if it is still not above, the meter does not measure this load.`,
  };
}
