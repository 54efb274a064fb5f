import { Fault } from '../../errors.ts';

/** One entry of the runtime's trace; times in microseconds since the profiler's start. */
export interface ProfileEvent {
  /** "Session", "Node" (on the CPU's clock) or "Api" (on the GPU's). */
  readonly cat: string;
  readonly name: string;
  readonly ts: number;
  readonly dur: number;
  /** Texts, even for numbers, but for lists of shapes. */
  readonly args: Readonly<Record<string, unknown>>;
}

function isEvent(entry: unknown): entry is ProfileEvent {
  if (typeof entry !== 'object' || entry === null) return false;
  const { cat, name, ts, dur, args } = entry as Partial<ProfileEvent>;
  return (
    typeof cat === 'string' &&
    typeof name === 'string' &&
    Number.isFinite(ts) &&
    Number.isFinite(dur) &&
    typeof args === 'object' &&
    args !== null
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The runtime writes node names as they are, with quotation marks and backslashes in them. */
const NAME = /("name"\s*:)"(.*)"(\s*,\s*"args"\s*:)/s;
const withEscapedName = (text: string) =>
  text.replace(NAME, (_, key, name, args) => `${key}${JSON.stringify(name)}${args}`);

const START = /^\s*\[?\s*(?=\{"cat")/;
const END = /[\s,\]]*$/;

/** An event that lines make together; null while they make none. */
function eventOf(lines: readonly string[]): ProfileEvent | null {
  const text = lines.join('').replace(START, '').replace(END, '');
  const entry = parsed(text) ?? parsed(withEscapedName(text));
  return isEvent(entry) ? entry : null;
}

/** Lines that one event may be spread over; others are noise. */
const MAX_LINES = 20;

/**
 * Reads what onnxruntime's profiler printed: an array of Chrome trace events, one a line. Takes
 * lines of other origin before, between and after, events broken over several lines, and a trace
 * that ends too soon.
 * @throws Fault ProfileError when there is no event in it
 */
export function readProfile(text: string): ProfileEvent[] {
  const whole = parsed(text);
  const events = Array.isArray(whole) ? whole.filter(isEvent) : readLines(text.split('\n'));
  if (events.length === 0) {
    throw new Fault('ProfileError', 'The runtime did not provide a profile of its run.');
  }
  return events;
}

function readLines(lines: readonly string[]): ProfileEvent[] {
  const events: ProfileEvent[] = [];
  let open: string[] = [];
  for (const line of lines) {
    if (START.test(line)) open = [];
    else if (open.length === 0) continue;
    open.push(line);
    const event = eventOf(open);
    if (event) events.push(event);
    if (event || open.length === MAX_LINES) open = [];
  }
  return events;
}
