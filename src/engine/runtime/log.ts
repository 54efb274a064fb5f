const METHODS = ['log', 'info', 'warn', 'error', 'debug'] as const;

let lines: string[] | null = null;

/**
 * Listens to the console of this thread from now on, through which the runtime says what nothing
 * else tells. Must run before the runtime is imported, because it keeps its first reference to
 * the console's methods. What is captured is not printed.
 */
export function watchLog(): void {
  for (const method of METHODS) {
    // biome-ignore lint/suspicious/noConsole: the runtime prints its placement and its profile, nothing else tells
    const print = console[method].bind(console);
    console[method] = (...parts: unknown[]) => {
      if (lines) lines.push(...parts.map(String).join(' ').split('\n'));
      else print(...parts);
    };
  }
}

/** Captures the lines logged during a task. One task at a time. */
export async function captureLog<T>(
  task: () => T | Promise<T>,
): Promise<{ readonly result: T; readonly log: readonly string[] }> {
  const log: string[] = [];
  lines = log;
  try {
    return { result: await task(), log };
  } finally {
    lines = null;
  }
}
