import type { Keyword } from './rule.ts';

/** Keywords of the SQL statements that fill tables, see detector/tables.ts. */
export const STATEMENT_KEYWORDS: readonly Keyword[] = [
  { text: 'insert', guard: /insert\s/i },
  { text: 'replace', guard: /replace\s+into\s/i },
  { text: 'create', guard: /create\s.{0,40}table\s/i },
  { text: 'copy', guard: /copy\s.{0,500}stdin/i },
];
