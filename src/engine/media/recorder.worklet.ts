/** Runs on the audio thread: hands what the microphone hears to the page, block after block. */

// TypeScript's DOM library lacks the worklet's scope (Web Audio API, 1.32).
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: typeof AudioWorkletProcessor): void;

/** Samples of a block: 11 ms at 48 kHz, and a hundred messages a second rather than four hundred. */
const BLOCK = 512;

class Recorder extends AudioWorkletProcessor {
  private block = new Float32Array(BLOCK);
  private filled = 0;

  /** `inputs` holds the channels of the one input, which its node has mixed down to one. */
  process([channels]: readonly (readonly Float32Array[])[]): boolean {
    const mono = channels?.[0] ?? new Float32Array(0);
    for (let from = 0; from < mono.length; ) {
      const some = mono.subarray(from, from + BLOCK - this.filled);
      this.block.set(some, this.filled);
      this.filled += some.length;
      from += some.length;
      if (this.filled === BLOCK) this.send();
    }
    return true;
  }

  private send(): void {
    // Transferred, not copied.
    this.port.postMessage(this.block, [this.block.buffer]);
    this.block = new Float32Array(BLOCK);
    this.filled = 0;
  }
}

registerProcessor('recorder', Recorder);
