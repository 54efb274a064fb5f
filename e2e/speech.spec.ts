import { modelBytes } from './bench.page.ts';
import { expect, test } from './fixtures.ts';
import { SpeechPage } from './speech.page.ts';

const fp32 = 'fp32-wasm';
const int8 = 'int8-wasm';
const dynamic = 'int8-dynamic-wasm';

test('a form that fails only on a stream is found wrong, and its report shows what it heard', async ({
  bench,
  page,
}) => {
  const speech = new SpeechPage(page, bench);
  await speech.open();
  await speech.chooseClip('In noise');
  await bench.race();
  // Known: one sentence from 1.2 to 6.0 s, in 234 frames.
  await expect(speech.hearing(fp32)).toContainText(/Hears speech from 1\.\d to .* s\./);
  await expect(speech.hearing(fp32)).toContainText(/[\d.]+ times as fast as real time/);
  await expect(speech.hearing(int8)).toContainText(/of 234 frames disagree with fp32/);
  for (const id of [fp32, int8]) await expect(bench.lane(id)).toHaveAttribute('data-right', 'true');
  // Alone, its frames are near fp32's; fed on its own answers, it loses the voice.
  await expect(bench.lane(dynamic)).toHaveAttribute('data-correctness', 'wrong');
  await expect(bench.lane(dynamic)).toContainText(/of 234 frames agree with the reference/);
  const differing = Number(await speech.hearing(dynamic).getAttribute('data-differing'));
  expect(differing).toBeGreaterThan(30);
  await expect(bench.headline).toContainText('int8 dynamic on WASM is wrong.');
  await expect(bench.headline).toContainText(/agrees with it on [\d.]+% of 234 frames/);
  await expect(bench.lane(int8).locator('[data-figure="pace"]')).toContainText('×');
  await expect(page.getByRole('img', { name: 'The sound that was heard' })).toBeVisible();

  await page.getByRole('link', { name: 'Open report' }).click();
  await expect(speech.hearing(dynamic)).toHaveAttribute('data-differing', `${differing}`);
  await expect(speech.hearing(fp32)).toContainText(/Hears speech from 1\.\d to/);
});

test('a sound file of one’s own is heard and played; what is no sound is refused', async ({
  bench,
  page,
}) => {
  const speech = new SpeechPage(page, bench);
  await speech.open();
  await speech.pick('mine.wav', 'audio/wav', modelBytes('speech-synthetic.wav'));
  await speech.hears('Your sound: mine.wav');
  const player = page.getByLabel(/^Play .* as the model hears it$/);
  await expect(player).toHaveJSProperty('error', null);
  await expect(player).toHaveJSProperty('readyState', 4);

  for (const [name, bytes] of [
    ['notes.txt', Buffer.from('no sound')],
    ['cut.wav', modelBytes('speech-music.wav').subarray(0, 20)],
  ] as const) {
    await speech.pick(name, 'text/plain', bytes);
    await expect(bench.alert).toContainText(
      `${name} (text/plain) is not a sound that this browser can open.`,
    );
    await speech.hears('Your sound: mine.wav');
  }
  await speech.pick('click.wav', 'audio/wav', modelBytes('speech-music.wav').subarray(0, 258));
  await expect(bench.alert).toContainText('the model hears 32 ms at a time');
  await speech.hears('Your sound: mine.wav');

  await bench.race();
  await expect(speech.hearing(fp32)).toContainText(/Hears speech from 0\.\d to .* and .* s\./);
  await expect(bench.lane(int8)).toHaveAttribute('data-right', 'true');
  // Nobody knows where somebody speaks in it.
  await expect(bench.lane(fp32).locator('[data-figure="accuracy"]')).toContainText('–');
});

test('silence is heard as such', async ({ bench, page }) => {
  const speech = new SpeechPage(page, bench);
  await speech.open();
  const header = modelBytes('speech-music.wav').subarray(0, 58);
  // Mu-law's zero.
  await bench.drop('silence.wav', Buffer.concat([header, Buffer.alloc(16_000, 0xff)]));
  await speech.hears('Your sound: silence.wav');
  await bench.race();
  await expect(speech.hearing(fp32)).toContainText('Hears no speech.');
});
