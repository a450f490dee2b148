/** Something that `npm run bench -- NAME` measures. */
export interface Benchmark {
  /** The options of the benchmark on the command line. */
  readonly usage: string;
  /**
   * @param args the command line behind the benchmark's name.
   * @throws UsageError or an error of parseArgs if `args` is wrong; another error if nothing could be measured.
   */
  run(args: readonly string[]): Promise<void>;
}

/** A mistake in the command line. */
export class UsageError extends Error {}
