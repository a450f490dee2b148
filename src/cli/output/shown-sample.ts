import type { WritingSample } from '../../model/index.ts';

/** The heading of a sample in a timeline. */
export function sampleHeading({ step, epoch, loss }: Omit<WritingSample, 'text'>): string {
  return `step ${step}, epoch ${rounded(epoch)}, loss ${loss.toFixed(3)} nats:`;
}

/** A sample for a terminal, indented under its heading, with control characters replaced. */
export function shownSample(text: string): string {
  return text
    .replace(/(?![\n\t])\p{Cc}/gu, '?')
    .replace(/\n$/, '')
    .replace(/^/gm, '  ');
}

function rounded(epoch: number): string {
  return String(Number(epoch.toFixed(epoch < 0.1 ? 3 : 2)));
}
