import { expect, it, vi } from 'vitest';
import { Fault } from '../../core/errors.ts';
import { Pending } from './pending.ts';
import { WorkerClient } from './workerClient.ts';
import { FakeWorkers } from './workers.testing.ts';

interface Api {
  double(value: number): Promise<number>;
  forever(): Promise<void>;
}

/** A worker that doubles numbers, and never answers `forever`. */
function started(pending?: Pending) {
  const workers = new FakeWorkers();
  workers.others = {
    'test.worker.ts': () => ({
      double: async (value: number) => value * 2,
      forever: () => new Promise(() => {}),
    }),
  };
  const worker = new workers.Worker(new URL('file:///test.worker.ts'), { name: 'test' });
  const died = (message: string) => new Fault('LaneDiedError', message || 'It could not start.');
  const client = new WorkerClient<Api>(worker as unknown as Worker, died, pending);
  return { client, worker, workers };
}

it('answers, and is busy while it is asked', async () => {
  const { client } = started();
  const asked = client.call((api) => api.double(21));
  expect(client.busy).toBe(true);
  expect(await asked).toBe(42);
  await vi.waitFor(() => expect(client.busy).toBe(false));
  client.stop();
});

it('rejects what is pending and to come once it is ended, and ends the worker', async () => {
  const { client, workers } = started();
  const asked = client.call((api) => api.forever());
  client.end(new RangeError('enough'));
  await expect(asked).rejects.toThrow('enough');
  await expect(client.call((api) => api.double(1))).rejects.toThrow('enough');
  expect([client.ended, workers.running]).toEqual([true, []]);
});

it('says how the worker died, in the browser’s words where it has any', async () => {
  for (const [message, said] of [
    ['', 'It could not start.'],
    ['SyntaxError', 'SyntaxError'],
  ]) {
    const { client, worker } = started();
    const asked = client.call((api) => api.forever());
    worker.dispatchEvent(Object.assign(new Event('error'), { message }));
    await expect(asked).rejects.toMatchObject({ name: 'LaneDiedError', message: said });
    client.stop();
  }
});

it('leaves calls to another worker of the same task when it is only stopped', async () => {
  const pending = new Pending();
  const first = started(pending);
  const second = started(pending);
  first.client.stop();
  expect(await second.client.call((api) => api.double(2))).toBe(4);
  pending.fail(new RangeError('over'));
  await expect(second.client.call((api) => api.double(2))).rejects.toThrow('over');
  second.client.stop();
});
