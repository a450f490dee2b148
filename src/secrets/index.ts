export { redact } from './redact.ts';
export type { LineRange, Redaction } from './redacted-text.ts';
export { isSecretFile, isSecretFolder } from './secret-files.ts';
