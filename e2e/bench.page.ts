import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';
import { LONG_MS } from './limits.ts';

/** Where the models lie that the site ships. */
const MODELS = new URL('../public/models/', import.meta.url);
export const modelBytes = (file: string): Buffer => readFileSync(new URL(file, MODELS));

/** The bench as a person handles it. */
export class BenchPage {
  readonly page: Page;
  readonly model: Locator;
  readonly run: Locator;
  readonly stop: Locator;
  readonly headline: Locator;
  readonly lanes: Locator;
  readonly alert: Locator;
  readonly pad: Locator;
  private readonly asked: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on('request', (request) => this.asked.push(request.url()));
    this.model = page.getByRole('combobox', { name: 'Model' });
    this.run = page.getByRole('button', { name: 'Run the race' });
    this.stop = page.getByRole('button', { name: 'Stop' });
    this.headline = page.locator('[data-headline]');
    this.lanes = page.locator('[data-lane]');
    this.alert = page.getByRole('alert');
    this.pad = page.getByRole('img', { name: /Drawing pad/ });
  }

  async open(url = './'): Promise<void> {
    await this.page.goto(url);
    await expect(this.run).toBeEnabled();
  }

  /** Addresses that the page has asked for. */
  fetched(what: RegExp): readonly string[] {
    return this.asked.filter((url) => what.test(url));
  }

  lane(id: string): Locator {
    return this.page.locator(`[data-lane="${id}"]`);
  }

  /** Titles of all models that can be chosen. */
  models(): Promise<string[]> {
    return this.model.locator('option').allTextContents();
  }

  async chooseModel(title: string): Promise<void> {
    await this.model.selectOption(title);
  }

  async raceFor(limit: string): Promise<void> {
    await this.page.getByLabel('How long').selectOption(limit);
  }

  async chooseInput(name: RegExp): Promise<void> {
    await this.page.getByRole('radiogroup', { name: 'Input' }).getByText(name).click();
  }

  async chooseLane(name: string | RegExp): Promise<void> {
    const more = this.page.getByRole('button', { name: /more lanes/ });
    const box = this.page.getByRole('checkbox', { name });
    if (!(await box.isVisible())) await more.click();
    await box.check();
  }

  async finish(state: 'done' | 'stopped' | 'failed' = 'done'): Promise<void> {
    await expect(this.page.locator('[data-race-state]')).toHaveAttribute('data-race-state', state, {
      timeout: LONG_MS,
    });
  }

  /** What a page sees when its tab is hidden, or shown again. */
  async hide(hidden: boolean): Promise<void> {
    await this.page.evaluate((value) => {
      Object.defineProperty(document, 'hidden', { value, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  }

  async race(): Promise<void> {
    await this.run.click();
    await this.finish();
  }

  /** Draws strokes given in shares of the pad's side. */
  async draw(strokes: readonly (readonly (readonly [number, number])[])[]): Promise<void> {
    const box = await this.pad.boundingBox();
    if (!box) throw new Error('The pad is not on the page.');
    const { mouse } = this.page;
    const at = ([x, y]: readonly [number, number]) =>
      [box.x + x * box.width, box.y + y * box.height] as const;
    for (const [first, ...rest] of strokes) {
      if (!first) continue;
      await mouse.move(...at(first));
      await mouse.down();
      for (const point of rest) await mouse.move(...at(point), { steps: 8 });
      await mouse.up();
    }
  }

  /** Hands files to the page as its file dialog would. */
  async pick(...files: readonly { name: string; bytes: Buffer }[]): Promise<void> {
    await this.page.getByLabel('ONNX files').setInputFiles(
      files.map(({ name, bytes }) => ({
        name,
        mimeType: 'application/octet-stream',
        buffer: bytes,
      })),
    );
  }

  /** Drops a file on the page as a mouse does. */
  async drop(name: string, bytes: Buffer): Promise<void> {
    const transfer = await this.page.evaluateHandle(
      ({ name: file, data }) => {
        const carried = new DataTransfer();
        const raw = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
        carried.items.add(new File([raw], file));
        return carried;
      },
      { name, data: bytes.toString('base64') },
    );
    await this.page.dispatchEvent('body', 'dragover', { dataTransfer: transfer });
    await this.page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
  }
}
