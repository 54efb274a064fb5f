import { describe, expect, it } from 'vitest';
import { zooFile, zooManifest, zooModel } from '../../../core/models/zoo.testing.ts';
import { quadIou } from './metric.ts';
import { linesAt, readSpottingSamples } from './samples.ts';
import { COSTED } from './task.ts';

const { samples } = zooModel('spotting', 'spotting');
const json = () => JSON.parse(zooFile(samples?.file ?? '').toString());

describe('the samples that ship', () => {
  const all = readSpottingSamples(json());

  it('are as many as stated, and name whose they are', () => {
    expect(all).toHaveLength(samples?.count ?? 0);
    expect(all.filter(({ lines }) => lines !== null)).toHaveLength(5);
    expect(all.map(({ author }) => author)).toContain('NASA');
  });

  it('are of the bytes and digest that the list states', () => {
    for (const { file, bytes } of all) expect(zooFile(file).length).toBe(bytes);
  });

  it('have lines inside the picture, with corners that run clockwise', () => {
    for (const line of all.flatMap(({ lines }) => lines ?? [])) {
      expect(quadIou(line, line)).toBeCloseTo(1, 6);
      for (const { x, y } of line) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThanOrEqual(640);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y).toBeLessThanOrEqual(480);
      }
    }
  });

  it('are costed at the size that the manifest names', () => {
    const { macsOf } = zooManifest().models.find(({ id }: { id: string }) => id === 'spotting');
    expect(macsOf).toBe(`${COSTED.width} x ${COSTED.height} pixels`);
  });
});

it('refuses a list with its first wrong field', () => {
  const wrong = json();
  wrong.samples[1].file = '../elsewhere.png';
  expect(() => readSpottingSamples(wrong)).toThrow(
    /^The samples of text spotting: samples.1.file: /,
  );
  const bent = json();
  bent.samples[0].boxes[2].pop();
  expect(() => readSpottingSamples(bent)).toThrow(/samples.0.boxes.2/);
});

it('moves lines into the pixels of another size', () => {
  const line = [
    { x: 64, y: 48 },
    { x: 128, y: 48 },
    { x: 128, y: 96 },
    { x: 64, y: 96 },
  ] as const;
  const [moved] = linesAt([line], { width: 640, height: 480 }, { width: 320, height: 256 });
  expect(moved?.[0]).toEqual({ x: 32, y: 25.6 });
  expect(moved?.[2]).toEqual({ x: 64, y: 51.2 });
});
