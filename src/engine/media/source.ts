import { type CaptureDevice, captureFault, captureRefusal } from '../../core/capture/faults.ts';
import { toError } from '../../core/errors.ts';

/** Nothing comes from a device that is switched off or covered; nobody waits for ever. */
const SILENT_MS = 10_000;

/** One track of a camera or a microphone, until it ends. */
export interface CaptureSource {
  readonly device: CaptureDevice;
  readonly stream: MediaStream;
  readonly track: MediaStreamTrack;
  /** Aborts when the device has ended or was closed, with what whoever waits is told. */
  readonly ended: AbortSignal;
  end(reason: Error): void;
  close(): void;
}

/**
 * Asks for a device; the browser asks the user.
 * @throws Fault CaptureError: refused, none there, in use, an insecure page
 */
export async function openSource(
  device: CaptureDevice,
  constraints: MediaTrackConstraints,
): Promise<CaptureSource> {
  if (!isSecureContext) throw captureFault(device, 'insecure', location.origin);
  const { mediaDevices } = navigator as Partial<Pick<Navigator, 'mediaDevices'>>;
  if (!mediaDevices?.getUserMedia) throw captureFault(device, 'unsupported');
  const kind = device === 'camera' ? 'video' : 'audio';
  const stream = await mediaDevices.getUserMedia({ [kind]: constraints }).catch((thrown) => {
    throw captureRefusal(device, toError(thrown));
  });
  const [track] = stream.getTracks();
  if (!track) throw captureFault(device, 'missing');
  const ended = new AbortController();
  const end = (reason: Error) => {
    for (const each of stream.getTracks()) each.stop();
    ended.abort(reason);
  };
  track.addEventListener('ended', () => end(captureFault(device, 'ended')));
  const close = () => end(new DOMException(`The ${device} was closed.`, 'AbortError'));
  return { device, stream, track, ended: ended.signal, end, close };
}

/**
 * Waits for what a device gives.
 * @param begin starts to wait, calls `give` with what came, and returns how to stop waiting
 * @throws what `source.ended` or `signal` says, or Fault CaptureError when nothing came for 10 s
 */
export function arrival<T>(
  source: CaptureSource,
  signal: AbortSignal,
  begin: (give: (value: T) => void) => () => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const over = new AbortController();
    const finish = (settle: () => void) => {
      over.abort();
      settle();
    };
    for (const each of [source.ended, signal]) {
      if (each.aborted) return reject(each.reason);
      const end = () => finish(() => reject(each.reason));
      each.addEventListener('abort', end, { signal: over.signal });
    }
    const silent = captureFault(source.device, 'silent', `${SILENT_MS / 1000} s`);
    // A hidden page is shown no frames, whatever the camera does.
    const late = () => (document.hidden ? undefined : finish(() => reject(silent)));
    const timer = setInterval(late, SILENT_MS);
    const stop = begin((value) => finish(() => resolve(value)));
    over.signal.addEventListener('abort', () => {
      clearInterval(timer);
      stop();
    });
  });
}
