import { penInk, photoOf, WRITTEN } from '../src/tasks/digit/core/photo/testing.ts';
import { expectAccessible, expectNoSidewaysScroll } from './access.ts';
import { modelBytes } from './bench.page.ts';
import { expect, test, videoOf, watchTracks } from './camera.ts';
import { LivePage } from './live.page.ts';
import { pcmOf } from './sound.ts';

const LANES = ['fp32-wasm', 'int8-wasm'] as const;

test.describe('a cheetah before the camera', () => {
  test.use({
    before: { name: 'cheetah.mjpeg', video: modelBytes('photos-samples/cheetah.jpg') },
  });

  test('is named live by two lanes; a hidden tab pauses; Stop closes the camera', async ({
    bench,
    page,
  }) => {
    const live = new LivePage(page);
    const tracks = await watchTracks(page);
    await bench.open();
    await bench.chooseModel('Photos');
    await live.choose();
    await live.start.click();
    for (const lane of LANES) {
      await expect(live.says(lane)).toContainText('cheetah');
      await expect(live.figure(lane, 'inference')).toContainText(/\d ms/);
    }
    await expect(live.verdict).toHaveText('They agree.');
    await expect(live.headline).toContainText(
      /fp32 on WASM and int8 on WASM gave the same answer to all \d+ frames/,
    );
    expect(await tracks()).toBe(1);

    await bench.hide(true);
    await live.state('paused');
    await bench.hide(false);
    await live.state('running');
    const answered = await live.headline.textContent();
    await expect(live.headline).not.toHaveText(answered ?? '');

    await live.stop.click();
    await live.state('stopped');
    expect(await tracks()).toBe(0);
    await expect(live.start).toBeEnabled();

    // Another page ends a session, too.
    await live.start.click();
    await expect.poll(tracks).toBe(1);
    await page.goto('./#/reports');
    await expect.poll(tracks).toBe(0);
  });
});

test.describe('a handwritten 3 before the camera', () => {
  const three = photoOf(penInk(WRITTEN[3] ?? [], 0.02));
  test.use({ before: { name: 'three.y4m', video: videoOf(three) } });

  test('is found in each frame and named by one lane alone', async ({ bench, page }) => {
    const live = new LivePage(page);
    await page.setViewportSize({ width: 360, height: 740 });
    await bench.open();
    await live.choose();
    await page.getByRole('combobox', { name: 'Second lane' }).selectOption('no second lane');
    await live.start.click();
    await expect(live.says('fp32-wasm')).toContainText('3');
    await expect(live.headline).toContainText(/fp32 on WASM answers a frame in [\d.]+ ms/);
    await expect(page.locator('[data-live-lane]')).toHaveCount(1);
    await expectNoSidewaysScroll(page);
    await live.stop.click();
    await live.state('stopped');
  });
});

test.describe('a voice at the microphone', () => {
  test.use({ heard: pcmOf('speech-pauses.wav') });

  test('is heard by two lanes, each with a state of its own', async ({ bench, page }) => {
    const live = new LivePage(page);
    const tracks = await watchTracks(page);
    await bench.open();
    await bench.chooseModel('Speech');
    await live.choose();
    await live.start.click();
    for (const lane of LANES) await expect(live.says(lane)).toHaveText(/^speech, 0\.9|^speech, 1/);
    for (const lane of LANES) await expect(live.says(lane)).toHaveText(/^no speech, 0\.0/);
    await expect(live.figure('int8-wasm', 'real-time')).toContainText(/\d/);
    await live.stop.click();
    await live.state('stopped');
    expect(await tracks()).toBe(0);
  });
});

test('a clip plays at the pace of real time until it is over; nothing is kept', async ({
  bench,
  page,
}) => {
  const live = new LivePage(page);
  await bench.open();
  await bench.chooseModel('Speech');
  await live.choose();
  await live.from('Clip: Synthetic voice');
  await live.start.click();
  for (const lane of LANES) await expect(live.says(lane)).toHaveText(/^speech/);
  await live.state('done');
  await expect(page.getByText('The clip is over.')).toBeVisible();
  await expect(page.getByText('Saved in this browser')).toHaveCount(0);
  await expectAccessible(page);
});

test.describe('a microphone that the user refuses', () => {
  test.use({ answer: 'deny' });

  test('is told with how to allow it', async ({ bench, page }) => {
    const live = new LivePage(page);
    await bench.open();
    await bench.chooseModel('Speech');
    await live.choose();
    await live.start.click();
    await live.state('failed');
    await expect(bench.alert).toContainText(
      'This page may not use the microphone: permission was denied.',
    );
    await expect(live.start).toBeEnabled();
    // Another model has nothing to do with it.
    await bench.chooseModel('Photos');
    await live.state('idle');
    await expect(bench.alert).toHaveCount(0);
  });
});
