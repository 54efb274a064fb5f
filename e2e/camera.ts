import { writeFileSync } from 'node:fs';
import type { Picture } from '../src/core/tasks/picture.ts';
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
  /** What the user answers when the browser asks. */
  readonly answer: 'allow' | 'deny';
}

/** A test in a browser of its own, whose camera is not real: its flags are those of one start. */
export const test = base.extend<CameraOptions>({
  cameras: [1, { option: true }],
  before: [null, { option: true }],
  answer: ['allow', { option: true }],
  context: async ({ playwright, launchOptions, cameras, before, answer }, use, testInfo) => {
    const flags = [
      `--use-fake-device-for-media-stream=device-count=${cameras}`,
      `--use-fake-ui-for-media-stream${answer === 'deny' ? '=deny' : ''}`,
    ];
    if (before) {
      const file = testInfo.outputPath(before.name);
      writeFileSync(file, before.video);
      flags.push(`--use-file-for-fake-video-capture=${file}`);
    }
    const args = [...(launchOptions.args ?? []), ...flags];
    const browser = await playwright.chromium.launch({ ...launchOptions, args });
    await use(await browser.newContext());
    await browser.close();
  },
});

export { expect } from './fixtures.ts';
