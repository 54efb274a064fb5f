import type * as v from 'valibot';

/** As read: what a schema gives is newly made, what the program holds may not be changed. */
type Frozen<T> = T extends Float32Array | Float64Array
  ? T
  : T extends readonly (infer U)[]
    ? readonly Frozen<U>[]
    : T extends object
      ? { readonly [K in keyof T]: Frozen<T[K]> }
      : T;

/**
 * A schema that reads all that a type allows, and nothing else: the compiler refuses one that
 * lacks a case, as it would after the type gained one. Otherwise reports could be written that
 * nobody can read.
 */
export const reads =
  <T>() =>
  <S extends v.GenericSchema<unknown, T> | v.GenericSchema<never, T>>(
    schema: S & ([T] extends [Frozen<v.InferOutput<S>>] ? unknown : 'lacks a case of the type'),
  ): v.GenericSchema<unknown, T> =>
    schema as unknown as v.GenericSchema<unknown, T>;
