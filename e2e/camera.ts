import { writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { Picture } from '../src/core/pictures/picture.ts';
import { test as base } from './fixtures.ts';

/** A grey picture as a video that Chromium's fake camera plays: two frames of YUV 4:2:0. */
export function videoOf({ width, height, data }: Picture): Buffer {
  const luma = Uint8Array.from({ length: width * height }, (_, at) => data[4 * at] ?? 0);
  const frame = [Buffer.from('FRAME\n'), luma, Buffer.alloc((width * height) / 2, 128)];
  const header = `YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`;
  return Buffer.concat([Buffer.from(header), ...frame, ...frame]);
}

/** What stands before the fake camera: the frames of a video, or Chromium's own moving picture. */
interface Before {
  readonly name: string;
  readonly video: Buffer;
}

interface CameraOptions {
  /** How many fake cameras there are. */
  readonly cameras: number;
  readonly before: Before | null;
  /** A WAV file of 16-bit PCM that the fake microphone hears again and again; else Chromium's beeps. */
  readonly heard: Buffer | null;
  /** What the user answers when the browser asks. */
  readonly answer: 'allow' | 'deny';
}

/** A test in a browser of its own, whose camera is not real: its flags are those of one start. */
export const test = base.extend<CameraOptions>({
  cameras: [1, { option: true }],
  before: [null, { option: true }],
  heard: [null, { option: true }],
  answer: ['allow', { option: true }],
  context: async ({ playwright, launchOptions, cameras, before, heard, answer }, use, testInfo) => {
    const flags = [
      `--use-fake-device-for-media-stream=device-count=${cameras}`,
      `--use-fake-ui-for-media-stream${answer === 'deny' ? '=deny' : ''}`,
    ];
    if (before) {
      const file = testInfo.outputPath(before.name);
      writeFileSync(file, before.video);
      flags.push(`--use-file-for-fake-video-capture=${file}`);
    }
    if (heard) {
      const file = testInfo.outputPath('heard.wav');
      writeFileSync(file, heard);
      flags.push(`--use-file-for-fake-audio-capture=${file}`);
    }
    const args = [...(launchOptions.args ?? []), ...flags];
    const browser = await playwright.chromium.launch({ ...launchOptions, args });
    await use(await browser.newContext());
    await browser.close();
  },
});

/** Tracks that the page has opened and not stopped, counted from its first script on. */
export async function watchTracks(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const { mediaDevices } = navigator;
    const open: MediaStreamTrack[] = [];
    const real = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (constraints) => {
      const stream = await real(constraints);
      open.push(...stream.getTracks());
      return stream;
    };
    Object.assign(globalThis, { open });
  });
  return () =>
    page.evaluate(
      () =>
        (globalThis as unknown as { open: MediaStreamTrack[] }).open.filter(
          ({ readyState }) => readyState === 'live',
        ).length,
    );
}

export { expect } from './fixtures.ts';
