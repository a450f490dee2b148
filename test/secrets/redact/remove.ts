import { Yielder } from '../../../src/common/yielder.ts';
import { redact } from '../../../src/secrets/redact.ts';

/** Removes the credentials of a file with this path. */
export const remove = (path: string, text: string) => redact(text, path, new Yielder(undefined));

/** Stands for the secret; everything that holds it must go. */
export const CANARY = 'Canary-7f3aQz91';
