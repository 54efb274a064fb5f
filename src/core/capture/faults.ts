import { Fault } from '../errors.ts';

export type CaptureDevice = 'camera' | 'microphone';

/** Why a camera or a microphone gives nothing. */
export type CaptureTrouble =
  | 'insecure'
  | 'unsupported'
  | 'refused'
  | 'refusedBySystem'
  | 'unanswered'
  | 'missing'
  | 'busy'
  | 'unfit'
  | 'ended'
  | 'silent'
  | 'failed';

/** `detail` is the page's origin, the constraint, or what the browser said. */
type Sentence = (device: CaptureDevice, detail: string) => string;

const SAYS: Readonly<Record<CaptureTrouble, Sentence>> = {
  insecure: (device, origin) =>
    `Browsers give access to a ${device} only to pages from https:// or localhost, and this one came from ${origin}. Open it over https://.`,
  unsupported: (device) =>
    `This browser gives pages no access to a ${device}: navigator.mediaDevices is missing. Open the page in a current browser, not inside another app.`,
  refused: (device) =>
    `This page may not use the ${device}: permission was denied. Allow it in the site’s settings, next to the address, and try again.`,
  refusedBySystem: (device) =>
    `The operating system does not let this browser use a ${device}. Allow it in the system’s privacy settings and try again.`,
  unanswered: (device) =>
    `The browser’s prompt for the ${device} was closed without an answer. Try again and allow it.`,
  missing: (device) => `The browser finds no ${device} on this device. Connect one and try again.`,
  busy: (device, said) =>
    `The ${device} could not be started (${said}): usually another program is using it. Close that program and try again.`,
  unfit: (device, constraint) =>
    `No ${device} on this device supports the requested ${constraint}. Connect another and try again.`,
  ended: (device) =>
    `The ${device} has stopped: it was unplugged, or the browser or the system took it back. Open it again.`,
  silent: (device, waited) =>
    `The ${device} has delivered nothing for ${waited}. Check whether it is switched off or covered, then open it again.`,
  failed: (device, said) => `The ${device} could not be used: ${said}. Try again.`,
};

/** A sentence that says what happened and what to do. */
export const captureFault = (device: CaptureDevice, trouble: CaptureTrouble, detail = ''): Fault =>
  new Fault('CaptureError', SAYS[trouble](device, detail));

/** What is read of a DOMException; `constraint` is an OverconstrainedError's. */
interface Thrown {
  readonly name: string;
  readonly message: string;
  readonly constraint?: string;
}

/**
 * Why getUserMedia refused, by the name of its error (W3C Media Capture and Streams, 10.3). Only
 * Chromium's message tells who refused.
 */
function troubleOf({ name, message }: Thrown): CaptureTrouble {
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      if (/by system/i.test(message)) return 'refusedBySystem';
      return /dismissed/i.test(message) ? 'unanswered' : 'refused';
    case 'NotFoundError':
      return 'missing';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    case 'OverconstrainedError':
      return 'unfit';
    default:
      return 'failed';
  }
}

/** What getUserMedia threw, as a fault. */
export function captureRefusal(device: CaptureDevice, thrown: Thrown): Fault {
  const trouble = troubleOf(thrown);
  const said = thrown.message || thrown.name;
  return captureFault(device, trouble, trouble === 'unfit' ? thrown.constraint || said : said);
}
