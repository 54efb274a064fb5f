import { describe, expect, it } from 'vitest';
import { ISOLATION_HEADERS, META_POLICY, SITE_HEADERS } from './headers.ts';

const directives = (policy: string) =>
  new Map(
    policy.split('; ').map((directive) => {
      const [name = '', ...sources] = directive.split(' ');
      return [name, sources] as const;
    }),
  );
const HEADER_POLICY = SITE_HEADERS['Content-Security-Policy'];

describe.each([
  ['header', HEADER_POLICY],
  ['meta', META_POLICY],
])('the policy as a %s', (_, policy) => {
  const sources = [...directives(policy).values()].flat();

  it('allows no inline code or style, no eval, no other origin', () => {
    const allowed = ["'none'", "'self'", "'wasm-unsafe-eval'", 'data:', 'blob:'];
    expect(sources.filter((source) => !allowed.includes(source))).toEqual([]);
  });

  it('allows data: and blob: for pictures and sound only, and WebAssembly for scripts only', () => {
    for (const [name, allowed] of directives(policy)) {
      const isMedia = name === 'img-src' || name === 'media-src';
      if (!isMedia) expect(allowed.some((source) => source.endsWith(':'))).toBe(false);
      if (name !== 'script-src') expect(allowed).not.toContain("'wasm-unsafe-eval'");
    }
  });

  it('forbids what it does not name', () => {
    expect(directives(policy).get('default-src')).toEqual(["'none'"]);
    // These do not fall back to default-src.
    for (const name of ['base-uri', 'form-action']) {
      expect(directives(policy).get(name), name).toEqual(["'none'"]);
    }
  });
});

it('frames are forbidden in the header, and not mentioned in <meta>, which may not', () => {
  expect(directives(HEADER_POLICY).get('frame-ancestors')).toEqual(["'none'"]);
  expect(directives(META_POLICY).has('frame-ancestors')).toBe(false);
  expect(HEADER_POLICY.startsWith(META_POLICY)).toBe(true);
});

it('every page is cross-origin isolated', () => {
  expect(SITE_HEADERS).toMatchObject(ISOLATION_HEADERS);
  expect(ISOLATION_HEADERS).toMatchObject({
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
  });
});
