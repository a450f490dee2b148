/**
 * node test/panel/page/cost.ts [--seconds 60] [--rate 60]: what the page of the training panel, as built, costs. Prints
 * the time to its first paint, the processor time for its content, and the part of a core that its process takes while updates come.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { startBrowser } from '../../../scripts/real-vscode/browser.ts';
import { withScope } from '../../../scripts/real-vscode/scope.ts';
import { FULL, pointAt } from './content.ts';
import { PanelPage, servePage } from './panel-page.ts';
import { THEMES } from './themes.ts';

const SIZE = { width: 1280, height: 800 };
/** Points of the curves to begin with: as many as the page keeps. */
const POINTS = 1_200;

/** Seconds of processor time that the browser's processes of a type took so far. */
async function processSeconds(browser: Browser, type: string): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo
    .filter((process) => process.type === type)
    .reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '60' }, rate: { type: 'string', default: '60' } },
});
const seconds = Number(values.seconds);
const rate = Number(values.rate);

await withScope(async (scope) => {
  const browser = await startBrowser(scope);
  const address = await servePage(scope);
  // The first page of a browser warms the caches of a window that has been open for a while.
  await (await PanelPage.open(browser, address, { theme: THEMES[1], ...SIZE })).page.close();
  const panel = await PanelPage.open(browser, address, { theme: THEMES[1], ...SIZE });
  const session = await panel.page.context().newCDPSession(panel.page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await panel.show({ ...FULL, points: Array.from({ length: POINTS }, (_, step) => pointAt(step)) });
  const { metrics } = await session.send('Performance.getMetrics');
  const contentMs = 1000 * metrics.find(({ name }) => name === 'TaskDuration')!.value;
  const paintMs = await panel.page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
  );
  await sleep(2_000);

  const before = await processSeconds(browser, 'renderer');
  const drawn = await panel.drawn();
  await panel.page.evaluate(
    ({ points, interval }) =>
      new Promise<void>((resolve) => {
        let next = 0;
        const timer = setInterval(() => {
          const point = points[next++];
          const activity = { kind: 'training', fraction: next / points.length, secondsLeft: 60, epoch: 1 };
          if (point) window.postMessage({ type: 'update', update: { activity, points: [point] } }, '*');
          else resolve(clearInterval(timer));
        }, interval);
      }),
    {
      points: Array.from({ length: seconds * rate }, (_, i) => pointAt(POINTS + i)),
      interval: 1000 / rate,
    },
  );
  const after = await processSeconds(browser, 'renderer');
  const draws = (await panel.drawn()) - drawn;
  console.log(`first paint ${paintMs.toFixed(0)} ms, content ${contentMs.toFixed(0)} ms of processor time`);
  console.log(
    `${rate} updates a second for ${seconds} s: ${(((after - before) / seconds) * 100).toFixed(1)} % of a core, drawn ${draws} times`,
  );
  if (panel.complaints.length > 0) console.log(`complaints: ${panel.complaints.join(' | ')}`);
});
