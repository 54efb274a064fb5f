import type { Page } from '@playwright/test';
import { penInk, photoOf, WRITTEN } from '../src/tasks/digit/core/photo/testing.ts';
import { modelBytes } from './bench.page.ts';
import { expect, test, videoOf, watchTracks } from './camera.ts';

const camera = (page: Page) => page.getByLabel('What the camera sees');

test.describe('a cheetah before the camera', () => {
  test.use({
    before: { name: 'cheetah.mjpeg', video: modelBytes('photos-samples/cheetah.jpg') },
  });

  test('is taken and named by every lane; the camera is closed with its view', async ({
    bench,
    page,
  }) => {
    const tracks = await watchTracks(page);
    await bench.open();
    await bench.chooseModel('Photos');
    await page.getByRole('button', { name: 'Camera' }).click();
    await expect(camera(page)).toBeVisible();
    await expect(page.getByText(/no picture leaves this device/)).toBeVisible();
    // Nothing races on what was not taken yet.
    await expect(bench.run).toBeDisabled();
    expect(await tracks()).toBe(1);
    await bench.chooseModel('Files');
    await expect.poll(tracks).toBe(0);

    await bench.chooseModel('Photos');
    await page.getByRole('button', { name: 'Camera' }).click();
    await page.getByRole('button', { name: 'Take the picture' }).click();
    await expect(page.getByRole('img', { name: /as the model sees it$/ })).toBeVisible();
    expect(await tracks()).toBe(0);
    await bench.raceFor('for 30 rounds');
    await bench.race();
    for (const id of ['fp32-wasm', 'int8-wasm']) {
      const answers = page.locator(`[data-answers="${id}"]`);
      await expect(answers.getByRole('listitem').first()).toContainText('cheetah');
      await expect(bench.lane(id)).toHaveAttribute('data-right', 'true');
    }
    await page.getByRole('button', { name: 'Another with the camera' }).click();
    await expect(camera(page)).toBeVisible();
    await page.goto('./#/reports');
    await expect(camera(page)).toHaveCount(0);
    expect(await tracks()).toBe(0);
  });
});

test.describe('a handwritten 3 before the camera', () => {
  const three = photoOf(penInk(WRITTEN[3] ?? [], 0.02));
  test.use({ before: { name: 'three.y4m', video: videoOf(three) } });

  test('is found, taken and named by every lane', async ({ bench, page }) => {
    const tracks = await watchTracks(page);
    await bench.open();
    await bench.chooseInput(/^Camera$/);
    await expect(page.getByRole('img', { name: 'What the model would see' })).toBeVisible();
    await expect(bench.run).toBeDisabled();
    await page.getByRole('button', { name: 'Take this digit' }).click();
    await expect(page.getByRole('img', { name: 'The digit from the camera' })).toBeVisible();
    expect(await tracks()).toBe(0);
    await bench.raceFor('for 30 rounds');
    await bench.race();
    for (const id of ['fp32-wasm', 'int8-wasm']) {
      await expect(bench.lane(id)).toContainText('3');
    }
    await page.getByRole('button', { name: 'Take another' }).click();
    await expect(page.getByRole('img', { name: 'What the model would see' })).toBeVisible();
    await bench.chooseInput(/^Sample$/);
    await expect.poll(tracks).toBe(0);
  });
});

test.describe('blank paper before the camera', () => {
  test.use({ before: { name: 'blank.y4m', video: videoOf(photoOf(() => 0)) } });

  test('is told to hold no digit', async ({ bench, page }) => {
    await bench.open();
    await bench.chooseInput(/^Camera$/);
    await expect(page.getByText(/^No digit found: hold one/)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Take this digit' })).toBeDisabled();
    await expect(page.getByRole('button', { name: 'Another camera' })).toHaveCount(0);
  });
});

test.describe('two cameras', () => {
  test.use({ cameras: 2 });

  test('take turns, one open at a time', async ({ bench, page }) => {
    const tracks = await watchTracks(page);
    await bench.open();
    await bench.chooseInput(/^Camera$/);
    const says = page.getByText(/no picture leaves this device/);
    await expect(says).toContainText('fake_device_0');
    for (const next of ['fake_device_1', 'fake_device_0']) {
      await page.getByRole('button', { name: 'Another camera' }).click();
      await expect(says).toContainText(next);
      expect(await tracks()).toBe(1);
    }
  });
});

test.describe('a camera that the user refuses', () => {
  test.use({ answer: 'deny' });

  test('is told with how to allow it, and other inputs go on', async ({ bench, page }) => {
    await bench.open();
    await bench.chooseInput(/^Camera$/);
    await expect(bench.alert).toContainText(
      'This page may not use the camera: permission was denied. Allow it in the site’s settings',
    );
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(bench.alert).toContainText('permission was denied');
    await bench.chooseInput(/^Sample$/);
    await expect(bench.alert).toHaveCount(0);
    await expect(bench.run).toBeEnabled();
  });
});

test.describe('a device without a camera', () => {
  test.use({ cameras: 0 });

  test('is told so', async ({ bench, page }) => {
    await bench.open();
    await bench.chooseModel('Photos');
    await page.getByRole('button', { name: 'Camera' }).click();
    await expect(bench.alert).toContainText(
      'The browser finds no camera on this device. Connect one and try again.',
    );
  });
});
