export { removeCredentials } from './redact.ts';
export type { LineRange } from './redact.ts';
export { isSecretFile, isSecretFolder } from './secret-files.ts';
