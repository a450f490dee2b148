import type { WritingSample } from '../../model/index.ts';

/** What stands over a sample of a timeline. */
export function sampleHeading({ step, epoch, loss }: Omit<WritingSample, 'text'>): string {
  return `step ${step}, epoch ${rounded(epoch)}, loss ${loss.toFixed(3)} nats:`;
}

/** A sample as a terminal may show it: without what it would obey, indented under its heading. */
export function shownSample(text: string): string {
  return text
    .replace(/(?![\n\t])\p{Cc}/gu, '?')
    .replace(/\n$/, '')
    .replace(/^/gm, '  ');
}

function rounded(epoch: number): string {
  return String(Number(epoch.toFixed(epoch < 0.1 ? 3 : 2)));
}
