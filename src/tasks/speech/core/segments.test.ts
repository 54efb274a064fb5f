import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SpeechGate, speechSegments } from './segments.ts';
import { SILERO } from './testing.ts';

interface Walk {
  readonly probabilities: readonly number[];
  /** Length of the sound. */
  readonly samples: number;
  /** [start, end], samples. */
  readonly timestamps: readonly (readonly [number, number])[];
  /** [frame, 'start' or 'end', sample] */
  readonly events: readonly (readonly [number, string, number])[];
}

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8'));
const walks = fixture('segments') as Walk[];
const clips = fixture('clips') as Record<string, Walk>;

const inSamples = (probabilities: readonly number[], samples: number) =>
  speechSegments(SILERO, probabilities, samples).map(({ start, end }) => [
    Math.round(start * SILERO.sampleRate),
    Math.round(end * SILERO.sampleRate),
  ]);

describe('speechSegments', () => {
  it('finds what the original finds in probabilities that wander', () => {
    for (const { probabilities, samples, timestamps } of walks) {
      expect(inSamples(probabilities, samples)).toEqual(timestamps);
    }
    // The fixtures do ask for segments, and for none.
    const counts = walks.map(({ timestamps }) => timestamps.length);
    expect(Math.max(...counts)).toBeGreaterThan(2);
    expect(Math.min(...counts)).toBe(0);
  });

  it('finds what the original finds in the clips', () => {
    for (const { probabilities, samples, timestamps } of Object.values(clips)) {
      expect(inSamples(probabilities, samples)).toEqual(timestamps);
    }
  });

  it('takes other durations', () => {
    const probabilities = [0, 0.9, 0.9, 0, 0.9, 0, 0, 0, 0];
    const found = (options: object) =>
      speechSegments(SILERO, probabilities, 9 * 512, { leastSpeech: 0, pad: 0, ...options });
    expect(found({ leastSilence: 0 })).toEqual([
      { start: 0.032, end: 0.096 },
      { start: 0.128, end: 0.16 },
    ]);
    expect(found({ leastSilence: 64 })).toEqual([{ start: 0.032, end: 0.16 }]);
    expect(found({ leastSilence: 64, leastSpeech: 150 })).toEqual([]);
  });
});

describe('SpeechGate', () => {
  it('tells beginnings and ends at the frames where the original does', () => {
    for (const { probabilities, events } of walks) {
      const gate = new SpeechGate(SILERO);
      const told = probabilities.flatMap((probability, i) => {
        const before = gate.since;
        const span = gate.next(probability);
        if (span) return [[i, 'end', span.end * SILERO.frame]];
        const begins = before === null && gate.since !== null;
        return begins ? [[i, 'start', i * SILERO.frame]] : [];
      });
      expect(told).toEqual(events);
    }
  });
});
