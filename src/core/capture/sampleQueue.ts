/**
 * Samples between who brings them and who asks for them, in order. Whoever asks too seldom loses
 * the oldest, and is told how many.
 */
export class SampleQueue {
  private blocks: Float32Array[] = [];
  private dropped = 0;
  private length = 0;

  /** @param most samples that are held; a block that is longer alone is held whole */
  constructor(private readonly most: number) {}

  /** Samples dropped since the beginning. */
  get lost(): number {
    return this.dropped;
  }

  /** Samples that wait. */
  get held(): number {
    return this.length;
  }

  push(block: Float32Array): void {
    this.blocks.push(block);
    this.length += block.length;
    while (this.length > this.most && this.blocks.length > 1) {
      const oldest = this.blocks.shift()?.length ?? 0;
      this.length -= oldest;
      this.dropped += oldest;
    }
  }

  /** All that wait, as one copy; empty where none do. */
  take(): Float32Array<ArrayBuffer> {
    const taken = new Float32Array(this.length);
    let at = 0;
    for (const block of this.blocks) {
      taken.set(block, at);
      at += block.length;
    }
    this.blocks = [];
    this.length = 0;
    return taken;
  }
}
