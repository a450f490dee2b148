import { sentenceOf } from '../src/common/errors.ts';
import { UsageError } from './benchmark.ts';
import type { Benchmark } from './benchmark.ts';

/** The benchmarks by name; each is loaded only to be run, so that none runs another's code. */
const benchmarks: Readonly<Record<string, () => Promise<Benchmark>>> = {
  training: async () => (await import('./speed/training.ts')).training,
  sampling: async () => (await import('./speed/sampling.ts')).sampling,
  suggesting: async () => (await import('./speed/suggesting.ts')).suggesting,
  'quality-over-time': async () => (await import('./quality/quality.ts')).quality,
  latency: async () => (await import('./latency/latency.ts')).latency,
  start: async () => (await import('./start/start.ts')).start,
  corpus: async () => (await import('./corpus/corpus.ts')).corpus,
  joint: async () => (await import('./speed/joint.ts')).joint,
  growth: async () => (await import('./speed/growth.ts')).growth,
  samples: async () => (await import('./samples/samples.ts')).samples,
  typing: async () => (await import('./typing/typing.ts')).typing,
  edits: async () => (await import('./edits/edits.ts')).edits,
  surprise: async () => (await import('./surprise/surprise.ts')).surprise,
  'learn-surprise': async () => (await import('./surprise/learning.ts')).learning,
  document: async () => (await import('./document/document.ts')).document,
  tune: async () => (await import('./tuning/tuning.ts')).tuning,
};

async function bench([name = '', ...args]: readonly string[]): Promise<void> {
  if (!Object.hasOwn(benchmarks, name)) {
    console.error(`usage: npm run bench -- ${Object.keys(benchmarks).join('|')} [options]`);
    process.exitCode = 2;
    return;
  }
  const benchmark = await benchmarks[name]();
  try {
    await benchmark.run(args);
  } catch (error) {
    const misused = isUsageError(error);
    console.error(sentenceOf(error));
    if (misused) console.error(`usage: npm run bench -- ${name} ${benchmark.usage}`);
    process.exitCode = misused ? 2 : 1;
  }
}

function isUsageError(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return error instanceof UsageError || code.startsWith('ERR_PARSE_ARGS');
}

await bench(process.argv.slice(2));
