import type { Picture } from '../../core/pictures/picture.ts';
import type { Milliseconds } from '../../core/units.ts';
import { canvasContext, readPicture } from './pictures.ts';
import { arrival, type CaptureSource, openSource } from './source.ts';

export type Facing = 'user' | 'environment';

export interface CapturedFrame {
  readonly picture: Picture;
  /** When the browser showed it, on the page's clock (performance.now). */
  readonly at: Milliseconds;
  /** Frames that the browser has shown so far, this one included: those between two were passed by. */
  readonly presented: number;
}

/** An open camera; its light is on until `close`. */
export interface Camera {
  /** Where it looks, as it says itself; what was asked for where it says nothing. */
  readonly facing: Facing;
  /** The device's own name. */
  readonly label: string;
  /** What this site knows the device by. */
  readonly id: string;
  /** For a <video>. */
  readonly stream: MediaStream;
  /** Aborts when it is taken away, with a Fault CaptureError, and when it is closed. */
  readonly ended: AbortSignal;
  /**
   * The next frame: never one that was given before. A page in view only; a hidden one waits.
   * @param longest bound of the picture's longer side, in pixels
   * @throws the signal's reason; Fault CaptureError when the camera was taken away or stays silent
   */
  next(signal: AbortSignal, longest?: number): Promise<CapturedFrame>;
  close(): void;
}

/** More pixels than the networks here look at in a live picture. */
const LONGEST_SIDE = 640;
/** A still may be looked at more closely; cameras choose what comes nearest. */
const ASKED = { width: { ideal: 1280 }, height: { ideal: 720 } } as const;

const openFacing = (facing: Facing) =>
  openSource('camera', { ...ASKED, facingMode: { ideal: facing } });

const facingOf = ({ track }: CaptureSource): Facing | null => {
  const told = track.getSettings().facingMode;
  return told === 'user' || told === 'environment' ? told : null;
};

const cameras = async (): Promise<readonly MediaDeviceInfo[]> =>
  (await navigator.mediaDevices.enumerateDevices()).filter(({ kind }) => kind === 'videoinput');

/** Whether there is another camera to switch to. Browsers tell all only while one is open. */
export const hasOtherCamera = async (): Promise<boolean> => (await cameras()).length > 1;

/** Cameras on a desk do not say where they look: after one comes the next on the browser's list. */
async function after(source: CaptureSource, id: string): Promise<CaptureSource> {
  const all = await cameras();
  const next = all[(all.findIndex(({ deviceId }) => deviceId === id) + 1) % all.length];
  if (!next || next.deviceId === id) return source;
  source.close();
  return openSource('camera', { ...ASKED, deviceId: { exact: next.deviceId } });
}

const idOf = ({ track }: CaptureSource): string => track.getSettings().deviceId ?? '';

type Presented = Pick<CapturedFrame, 'at' | 'presented'>;

/**
 * Tells of the next frame that a video shows; where the browser does not (Firefox before 132),
 * a frame is new when the video's time has moved.
 * @returns stops waiting
 */
function onFrame(video: HTMLVideoElement, tell: (frame: Presented) => void): () => void {
  if ('requestVideoFrameCallback' in video) {
    const handle = video.requestVideoFrameCallback((_, { presentationTime, presentedFrames }) =>
      tell({ at: presentationTime, presented: presentedFrames }),
    );
    return () => video.cancelVideoFrameCallback(handle);
  }
  return onTimeMoved(video, tell);
}

function onTimeMoved(video: HTMLVideoElement, tell: (frame: Presented) => void): () => void {
  const before = video.currentTime;
  const look = (now: Milliseconds) => {
    if (video.readyState >= video.HAVE_CURRENT_DATA && video.currentTime !== before) {
      tell({ at: now, presented: video.getVideoPlaybackQuality().totalVideoFrames });
    } else handle = requestAnimationFrame(look);
  };
  let handle = requestAnimationFrame(look);
  return () => cancelAnimationFrame(handle);
}

/**
 * Opens a camera; the browser asks the user.
 * @param instead the `id` of the camera that another is wanted for
 * @throws Fault CaptureError
 */
export async function openCamera(facing: Facing, instead?: string): Promise<Camera> {
  let source = await openFacing(facing);
  if (instead !== undefined && idOf(source) === instead) source = await after(source, instead);
  const { stream, track } = source;
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  // A camera that never plays is told by `next`.
  video.play().catch(() => {});
  const context = canvasContext();
  return {
    facing: facingOf(source) ?? facing,
    label: track.label,
    id: idOf(source),
    stream,
    ended: source.ended,
    next: async (signal, longest = LONGEST_SIDE) => {
      const frame = await arrival<Presented>(source, signal, (give) => onFrame(video, give));
      const size = { width: video.videoWidth, height: video.videoHeight };
      return { picture: readPicture(context, video, size, longest), ...frame };
    },
    close: () => {
      source.close();
      video.srcObject = null;
    },
  };
}
