import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TONES } from '../../core/race/looks.ts';

type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

/** Of readers who see all colours, and at full severity (Machado, Oliveira and Fernandes 2009, table 1). */
const EYES: Readonly<Record<string, Matrix>> = {
  'all colours': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** Smallest distance in OKLab, in hundredths: about 2 is just noticeable in large patches. */
const APART = 6;
/** Of text (WCAG 2.2, 1.4.3): lanes' names stand in their colours. */
const CONTRAST = 4.5;

const times = (matrix: Matrix, [r, g, b]: Triple): Triple =>
  matrix.map(([x, y, z]) => Math.min(1, Math.max(0, x * r + y * g + z * b))) as unknown as Triple;

/** Linear light of a CSS colour in hexadecimal. */
function linear(hex: string): Triple {
  const digits = hex.length === 4 ? hex.replace(/[\da-f]/g, '$&$&') : hex;
  return [1, 3, 5].map((at) => {
    const value = Number.parseInt(digits.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as unknown as Triple;
}

/** https://bottosson.github.io/posts/oklab */
function oklab([r, g, b]: Triple): Triple {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

const distance = (a: Triple, b: Triple): number =>
  100 * Math.hypot(...a.map((value, i) => value - (b[i] as number)));

const luminance = ([r, g, b]: Triple): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;

function contrast(a: Triple, b: Triple): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** The colours that a scheme of theme.css defines. */
function scheme(selector: string): (name: string) => Triple {
  const css = readFileSync(new URL('./theme.css', import.meta.url), 'utf8');
  const block = css.slice(css.indexOf(`${selector} {`)).split('}')[0] ?? '';
  return (name) => {
    const [, hex] = new RegExp(`--${name}: (#[\\da-f]+);`).exec(block) ?? [];
    if (!hex) throw new RangeError(`theme.css has no --${name} in ${selector}.`);
    return linear(hex);
  };
}

describe.each([
  ['light', scheme(':root')],
  ['dark', scheme(':root[data-mantine-color-scheme="dark"]')],
])('the palette of lanes, %s', (_, colour) => {
  it.each(Object.entries(EYES))('is told apart with %s', (_, eye) => {
    const seen = TONES.map((tone) => [tone, oklab(times(eye, colour(tone)))] as const);
    const near = seen.flatMap(([tone, a], i) =>
      seen
        .slice(0, i)
        .filter(([, b]) => distance(a, b) < APART)
        .map(([other, b]) => `${tone} and ${other}: ${distance(a, b).toFixed(1)}`),
    );
    expect(near).toEqual([]);
  });

  it('is told from the red of a wrong lane by those who see red', () => {
    const bad = oklab(colour('bad'));
    for (const tone of TONES) {
      expect(distance(oklab(colour(tone)), bad), tone).toBeGreaterThan(APART);
    }
  });

  it.each(['bg', 'card', 'band'])('can be read as text on --%s', (ground) => {
    for (const tone of [...TONES, 'bad']) {
      expect(contrast(colour(tone), colour(ground)), tone).toBeGreaterThanOrEqual(CONTRAST);
    }
  });
});
