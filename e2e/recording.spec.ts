import { expect, test } from './fixtures.ts';
import { SpeechPage } from './speech.page.ts';

const executablePath = process.env['INFEROMETER_CHROMIUM'];

test.use({
  launchOptions: {
    ...(executablePath === undefined ? {} : { executablePath }),
    // A microphone that beeps, and a user who allows it.
    args: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  },
});

test('what the microphone records is raced on', async ({ bench, page }) => {
  const speech = new SpeechPage(page, bench);
  await speech.open();
  await page.getByRole('button', { name: 'Record' }).click();
  await expect(page.getByText(/^Recording, [1-9]/)).toBeVisible();
  // Nothing is measured beside it.
  await expect(bench.run).toBeDisabled();
  await page.getByRole('button', { name: 'Stop' }).click();
  await speech.hears('Your recording');
  await bench.race();
  await expect(speech.hearing('int8-wasm')).toContainText(/Hears/);
});
