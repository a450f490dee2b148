import { english, type Message, message } from '../common/localization/message.ts';
import { StoredMessages, type StoredValue as Value } from '../common/localization/stored-messages.ts';

/**
 * Why an engine was chosen and how it computes, as models record it: in English, and translated by `reasonMessage` where
 * it is shown.
 */
export const REASONS = {
  askedFor: english`asked for`,
  notInstalled: english`TensorFlow is not installed`,
  trainedSoFar: english`trained the model so far`,
  crashed: english`TensorFlow crashed when it was last tried`,
  notChosen: english`stopped before an engine was chosen`,
  noRelaxedSimd: english`no relaxed SIMD here`,
  wrongResults: english`wide ones compute wrongly here`,
} as const;

const VARYING_REASONS = {
  doesNotLoad: (why: Value) => message`TensorFlow does not load: ${why}`,
  fasterThanWasm: (own: Value, other: Value) => message`in a trial ${own} characters a second, wasm ${other}`,
  fasterThanTensorFlow: (own: Value, other: Value) =>
    message`in a trial ${own} characters a second, TensorFlow ${other}`,
  oneThread: (build: Value, why: Value) => message`1 thread, ${build} kernels (${why})`,
  threads: (count: Value, build: Value, why: Value) => message`${count} threads, ${build} kernels (${why})`,
  wideTooSlow: (speeds: Value) => message`wide ones reach ${speeds}`,
  speeds: (wide: Value, plain: Value) => message`${wide} against ${plain} GFLOP/s`,
} satisfies Record<string, (...values: Value[]) => Message>;

const CONSTANT: ReadonlySet<string> = new Set(Object.values(REASONS));
const STORED = new StoredMessages(VARYING_REASONS);
const SEPARATOR = '; ';

/** A reason that varies, in English. */
export function varyingReason<K extends keyof typeof VARYING_REASONS>(
  kind: K,
  ...values: Parameters<(typeof VARYING_REASONS)[K]>
): string {
  return STORED.text(kind, ...values);
}

/** Why an engine was chosen, with how it computes where it says so. */
export function withDetails(reason: string, details: string | undefined): string {
  return details === undefined ? reason : `${reason}${SEPARATOR}${details}`;
}

/** A reason of this module, to be translated; any other text as it is. */
export function reasonMessage(reason: string): Message | string {
  const at = reason.lastIndexOf(SEPARATOR);
  if (at < 0) return partMessage(reason);
  const [why, details] = [reason.slice(0, at), reason.slice(at + SEPARATOR.length)];
  return message`${partMessage(why)}; ${partMessage(details)}`;
}

function partMessage(text: string): Message | string {
  if (CONSTANT.has(text)) return { template: text, values: [] };
  const { template, values } = STORED.messageIn(text);
  if (values.length === 0) return text;
  return {
    template,
    values: values.map((value) => (typeof value === 'string' ? partMessage(value) : value)),
  };
}
