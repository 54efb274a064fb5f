import { expect, type Locator, type Page } from '@playwright/test';
import { LONG_MS } from './limits.ts';

/** The card in which lanes write their answers. */
export class ReasonerPage {
  readonly page: Page;
  readonly problem: Locator;
  readonly think: Locator;
  readonly stop: Locator;
  readonly card: Locator;

  constructor(page: Page) {
    this.page = page;
    this.problem = page.getByRole('textbox', { name: 'Multiplication' });
    this.think = page.getByRole('button', { name: /^Think/ });
    this.stop = page.getByRole('button', { name: 'Stop thinking' });
    this.card = page.locator('[data-thinking]');
  }

  writing(generator: string): Locator {
    return this.page.locator(`[data-writing="${generator}"]`);
  }

  /** What a lane wrote so far, without the prompt. */
  written = async (generator: string): Promise<string> =>
    (await this.writing(generator).getAttribute('data-written')) ?? '';

  async pick(label: string, option: string): Promise<void> {
    await this.page.getByLabel(label, { exact: true }).selectOption(option);
  }

  async finish(state: 'done' | 'stopped' = 'done'): Promise<void> {
    await expect(this.card).toHaveAttribute('data-thinking', state, { timeout: LONG_MS });
  }
}
