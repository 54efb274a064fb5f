import { expectTypeOf, it } from 'vitest';
import method from './Method.module.css';

// Checked by the compiler: any string would do without the types that scripts/cssTypes.mjs writes.
it('knows the classes of a CSS module, and no others', () => {
  expectTypeOf(method).toHaveProperty('method');
  expectTypeOf(method).not.toHaveProperty('methodd');
});
