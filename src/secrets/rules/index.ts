import { CALL_RULES } from './calls.ts';
import { COMMAND_RULES } from './commands.ts';
import { GITLEAKS_RULES } from './gitleaks.ts';
import type { Rule } from './rule.ts';
import { TOKEN_FORMATS } from './token-formats.ts';

/** All rules that look at one line. */
export const RULES: readonly Rule[] = [...TOKEN_FORMATS, ...GITLEAKS_RULES, ...COMMAND_RULES, ...CALL_RULES];
