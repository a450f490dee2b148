import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startBrowser } from '../../../scripts/real-vscode/browser.ts';
import { Scope } from '../../../scripts/real-vscode/scope.ts';
import { ROOT } from '../../../scripts/repository.ts';
import { EMPTY, FULL, pointAt } from './content.ts';
import { LANGUAGES, readTexts } from '../../localization/languages.ts';
import { PanelPage, type PageOptions, servePage } from './panel-page.ts';
import { type Theme, THEMES } from './themes.ts';

const SIZES = [
  { name: 'narrow', width: 360, height: 740 },
  { name: 'half', width: 760, height: 800 },
  { name: 'wide', width: 1400, height: 900 },
] as const;
const [light, dark] = THEMES;
const [, half, wide] = SIZES;
const PICTURES = join(ROOT, 'out', 'panel');

const scope = new Scope();
let browser: Browser;
let address: string;
let axe: string;
let opened: PanelPage | undefined;

beforeAll(async () => {
  await mkdir(PICTURES, { recursive: true });
  browser = await startBrowser(scope);
  address = await servePage(scope);
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
});

afterEach(async () => {
  await opened?.page.close();
  opened = undefined;
});

afterAll(() => scope.close());

async function open(
  theme: Theme = dark,
  size: Pick<PageOptions, 'width' | 'height'> = half,
  more = {},
): Promise<PanelPage> {
  opened = await PanelPage.open(browser, address, { theme, ...size, ...more });
  return opened;
}

/** What axe-core finds against WCAG and its own best practices, as one line each. */
async function violations(panel: PanelPage): Promise<string[]> {
  await panel.page.evaluate(axe);
  return panel.page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<AxeResults> } };
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
}

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

describe('the page of the panel', () => {
  for (const theme of THEMES)
    for (const size of SIZES) {
      it(`is accessible, complains of nothing and fits, ${theme.name} and ${size.name}`, async () => {
        const panel = await open(theme, size);
        await panel.show(FULL);
        await panel.page.locator('#value-table summary').click();
        await panel.page.locator('#by-reason summary').first().click();
        await panel.post({
          type: 'files',
          group: { by: 'reason', name: 'ignored by .gitignore' },
          files: [{ path: '/w/dist/a.js', shown: 'dist/a.js', note: 'ignored by .gitignore', characters: 0 }],
          total: 14,
        });
        await panel.page.screenshot({
          path: join(PICTURES, `${theme.name}-${size.name}.png`),
          fullPage: true,
        });
        expect(await violations(panel)).toEqual([]);
        expect(panel.complaints).toEqual([]);
        const overflow = await panel.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(overflow).toBeLessThanOrEqual(0);
      });
    }

  for (const language of LANGUAGES) {
    it(`says everything in ${language}, and fits`, async () => {
      opened = await PanelPage.open(browser, `${address}${language}`, {
        theme: light,
        width: 360,
        height: 740,
      });
      await opened.show(FULL);
      await opened.page.locator('#value-table summary').click();
      await opened.page.screenshot({ path: join(PICTURES, `${language}.png`), fullPage: true });
      expect(await opened.page.locator('html').getAttribute('lang')).toBe(language);
      expect(await violations(opened)).toEqual([]);
      expect(opened.complaints).toEqual([]);
      const overflow = await opened.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      const translations = readTexts(`l10n/bundle.l10n.${language}.json`);
      // The extension host sends these as they are to be shown.
      const sent = new Set(
        Object.values(FULL.corpus?.groups ?? {}).flatMap((groups) => groups.map(({ name }) => name)),
      );
      const english = Object.keys(translations).filter(
        (text) => translations[text] !== text && !sent.has(text),
      );
      const texts = await opened.page.locator('main').allInnerTexts();
      const lines = texts.flatMap((text) => text.split(/[\n\t]/)).map((line) => line.trim());
      expect(lines.filter((line) => english.includes(line))).toEqual([]);
    });
  }

  it('is accessible and says what to do where there is nothing yet', async () => {
    const panel = await open(light);
    await panel.show(EMPTY);
    await panel.page.screenshot({ path: join(PICTURES, 'empty.png'), fullPage: true });
    expect(await violations(panel)).toEqual([]);
    expect(await panel.page.locator('#activity').innerText()).toMatch(/Train learns the files/);
    expect(await panel.page.locator('main').innerText()).toMatch(
      /Nothing is measured yet.*written no sample yet/s,
    );
    expect(await panel.page.locator('#curves').isVisible()).toBe(false);
    await panel.setTheme(dark);
    await panel.update({ points: [pointAt(0), pointAt(1)] });
    expect(await panel.page.locator('#chart-loss canvas').isVisible()).toBe(true);
    expect(
      await panel.page.evaluate(() => document.querySelector('#chart-loss canvas')!.clientWidth),
    ).toBeGreaterThan(500);
    await panel.page.check('#axis-time');
    await panel.show({ ...EMPTY, points: [{ step: 1, loss: 1 }] });
    expect(await panel.page.locator('#values').innerText()).toBe('No step of the last training is known');
    expect(panel.complaints).toEqual([]);
  });

  it('has the buttons that can do something, and sends what they do', async () => {
    const panel = await open();
    await panel.show(EMPTY);
    const isEnabled = (id: string) => panel.page.locator(`#${id}`).isEnabled();
    const enabled = async () => Promise.all(['train', 'stop', 'useModelFile', 'deleteModel'].map(isEnabled));
    expect(await enabled()).toEqual([true, false, true, false]);
    await panel.update({ activity: { kind: 'unavailable', sentence: 'No folder is open.' } });
    expect(await enabled()).toEqual([false, false, false, false]);
    await panel.show(FULL);
    expect(await enabled()).toEqual([false, true, false, false]);
    await panel.update({ activity: { kind: 'idle', hasModel: true } });
    expect(await enabled()).toEqual([true, false, true, true]);
    for (const id of ['train', 'useModelFile', 'deleteModel', 'forgetCounts'])
      await panel.page.click(`#${id}`);
    expect((await panel.sent()).slice(1)).toEqual(
      ['train', 'useModelFile', 'deleteModel', 'forgetCounts'].map((action) => ({ type: 'act', action })),
    );
  });

  it('lists the files of a group when it is opened, and asks for one that is clicked', async () => {
    const panel = await open();
    await panel.show(FULL);
    const group = { by: 'language', name: 'typescript' } as const;
    await panel.page.locator('#by-language summary').first().click();
    const files = [{ path: '/w/src/a.ts', shown: 'src/<b>a</b>.ts', note: 'held out', characters: 1200 }];
    await panel.post({ type: 'files', group, files, total: 310 });
    const list = panel.page.locator('#by-language ul').first();
    await list.getByText('and 309 more').waitFor();
    expect(await list.innerText()).toMatch(/src\/<b>a<\/b>\.ts\s+1,200 characters, held out/);
    await list.getByRole('button').click();
    expect((await panel.sent()).slice(1)).toEqual([
      { type: 'listFiles', group },
      { type: 'openFile', path: '/w/src/a.ts' },
    ]);
  });

  it('shows values by pointer and by keys, and zooms', async () => {
    const panel = await open();
    await panel.show(FULL);
    const values = () => panel.page.locator('#values').innerText();
    expect(await values()).toMatch(/^Step 599 after 5 min: training loss .* bits per symbol, learning rate/);
    const curves = panel.page.getByRole('slider', { name: 'Curves of the training' });
    await curves.focus();
    await panel.page.keyboard.press('Home');
    expect(await values()).toMatch(/^Step 0 after 0 s/);
    await panel.page.keyboard.press('ArrowRight');
    expect(await curves.getAttribute('aria-valuetext')).toMatch(/^Step 1 /);
    expect(await curves.getAttribute('aria-valuenow')).toBe('1');
    const box = await panel.page.locator('#chart-loss .u-over').boundingBox();
    const at = (part: number) => [box!.x + box!.width * part, box!.y + 50] as const;
    await panel.page.mouse.move(...at(0.5));
    expect(await values()).toMatch(/^Step (29\d|30\d) /);
    await panel.page.mouse.move(...at(0.25));
    await panel.page.mouse.down();
    await panel.page.mouse.move(...at(0.5));
    await panel.page.mouse.up();
    await panel.page.mouse.move(...at(0.5));
    expect(await values()).toMatch(/^Step 2[12]\d /);
    await panel.update({ points: [pointAt(600)] });
    await panel.page.mouse.move(...at(0.49));
    expect(await values()).toMatch(/^Step 2[12]\d /);
    await panel.page.click('#zoom-all');
    await panel.page.mouse.move(...at(0.5));
    expect(await values()).toMatch(/^Step (29\d|30\d) /);
    expect(panel.complaints).toEqual([]);
  });

  it('shows curves over time, and keeps that and the scroll position over a reload', async () => {
    const panel = await open();
    await panel.show(FULL);
    await panel.page.check('#axis-time');
    await panel.page.locator('#sample-slider').fill('0');
    await panel.page.evaluate(() => scrollTo(0, 300));
    await panel.until(() => sessionStorage.getItem('state')?.includes('"scroll":300') ?? false, null);
    await panel.page.reload();
    await panel.show(FULL);
    expect(await panel.page.isChecked('#axis-time')).toBe(true);
    expect(await panel.page.locator('#sample-label').innerText()).toMatch(/^Step 0.*1 of 3/);
    await panel.until(() => scrollY === 300, null);
  });

  it('shows a new sample as it is written, unless another one was chosen', async () => {
    const panel = await open(dark, half, { reducedMotion: 'no-preference' });
    await panel.show(FULL);
    const text = panel.page.locator('#sample-text');
    const sample = (step: number) => ({
      step,
      loss: 1,
      text: `function atStep${step}() {\n  return ${step};\n}\n`,
    });
    await panel.update({ samples: [sample(600)] });
    expect((await text.textContent())!.length).toBeLessThan(sample(600).text.length);
    await panel.until(
      (whole) => document.getElementById('sample-text')?.textContent === whole,
      sample(600).text,
    );
    await panel.page.locator('#sample-slider').fill('1');
    expect(await text.textContent()).toContain('function geti');
    await panel.update({ samples: [sample(800)] });
    expect(await text.textContent()).toContain('function geti');
    expect(await panel.page.locator('#sample-label').innerText()).toMatch(/2 of 5/);
  });

  it('draws in the colours of a theme that is changed to', async () => {
    const panel = await open(dark);
    await panel.show(FULL);
    const colourOf = () =>
      panel.page.evaluate(() => {
        const canvas = document.querySelector<HTMLCanvasElement>('#chart-loss canvas')!;
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        let [sum, count] = [0, 0];
        for (let i = 0; i < data.length; i += 4)
          if (data[i + 3] > 200 && Math.abs(data[i] - data[i + 2]) < 4)
            [sum, count] = [sum + data[i], count + 1];
        return sum / count;
      });
    const onDark = await colourOf();
    await panel.setTheme(light);
    await expect.poll(colourOf).not.toBe(onDark);
    expect(panel.complaints).toEqual([]);
  });

  it('draws once for many updates, and nothing without any', async () => {
    const panel = await open(dark, wide);
    await panel.show(FULL);
    const before = await panel.drawn();
    await panel.page.evaluate(
      (points) =>
        points.forEach((point) => window.postMessage({ type: 'update', update: { points: [point] } }, '*')),
      Array.from({ length: 60 }, (_, i) => pointAt(600 + i)),
    );
    await panel.until((count) => Number(document.body.dataset['drawn']) > count, before);
    expect(await panel.drawn()).toBe(before + 1);
    expect(await panel.page.locator('#values').innerText()).toMatch(/^Step 659 /);
  });
});
