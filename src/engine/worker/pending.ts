/**
 * Calls that wait for an answer, and can all be rejected at once. Not by racing each against one
 * promise of the end: that would keep every answer until then, and there are thousands of them.
 */
export class Pending {
  private readonly rejects = new Set<(error: Error) => void>();
  /** Why there will be no answers any more; null while there may be. */
  ended: Error | null = null;

  get size(): number {
    return this.rejects.size;
  }

  /** Rejects at once where it has ended, and does not ask then. */
  add<T>(ask: () => Promise<T>): Promise<T> {
    if (this.ended) return Promise.reject(this.ended);
    return new Promise<T>((resolve, reject) => {
      this.rejects.add(reject);
      ask()
        .then(resolve, reject)
        .finally(() => this.rejects.delete(reject));
    });
  }

  /** Rejects all, those to come too; the first reason stands. */
  fail(error: Error): void {
    this.ended ??= error;
    for (const reject of this.rejects) reject(this.ended);
  }
}
