/** Remembers the last result while every argument stays identical. */
export function memoLast<Args extends readonly unknown[], Result>(
  compute: (...args: Args) => Result,
): (...args: Args) => Result {
  let last: { readonly args: Args; readonly result: Result } | null = null;
  return (...args) => {
    if (last === null || args.some((arg, i) => !Object.is(arg, last?.args[i]))) {
      last = { args, result: compute(...args) };
    }
    return last.result;
  };
}
