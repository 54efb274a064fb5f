/** A lane's start, told from inside its worker: each step is a message to the page. */
import type { LaneStep, StepMessage } from '../protocol.ts';

/** The lane's calls cross on the same way; what is no answer to one of them is left alone there. */
export const tellStep = (step: LaneStep): void => self.postMessage({ step } satisfies StepMessage);

/**
 * Tells when the runtime is compiled and when each of its threads answers for the first time; it
 * waits for them for ever. To be called before it is imported.
 */
export function watchStart(): void {
  const { instantiate } = WebAssembly;
  const watched = async (...given: Parameters<typeof instantiate>) => {
    tellStep('compiling');
    const result = await instantiate.apply(WebAssembly, given);
    tellStep('compiled');
    return result;
  };
  WebAssembly.instantiate = watched as typeof instantiate;

  const Original = self.Worker;
  class WatchedWorker extends Original {
    constructor(...given: ConstructorParameters<typeof Original>) {
      super(...given);
      this.addEventListener('message', () => tellStep('thread'), { once: true });
    }
  }
  self.Worker = WatchedWorker;
}
