/** Something that `npm run bench -- NAME` measures. */
export interface Benchmark {
  /** What may follow its name on the command line. */
  readonly usage: string;
  /** @param args what followed its name. @throws UsageError, or what parseArgs throws; any other error says why nothing could be measured. */
  run(args: readonly string[]): Promise<void>;
}

/** The command line asks for something that is not there. */
export class UsageError extends Error {}
