import fc from '../../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { subjectsOf } from '../../../src/secrets/prefilter/hints.ts';
import { GITLEAKS_RULES } from '../../../src/secrets/rules/gitleaks.ts';
import { RULES } from '../../../src/secrets/rules/index.ts';
import { matchesRule } from '../../../src/secrets/rules/rule.ts';
import { readCases } from '../labelled-corpus.ts';

/** Their keyword is the vendor's name, which stands elsewhere on the line. */
const NAMED_ELSEWHERE = new Set(['airtable-personnal-access-token']);

/** A pattern without what looks around a match, which strings cannot be generated from. */
const withoutAssertions = ({ source, flags }: RegExp): RegExp =>
  new RegExp(
    source.replaceAll(/\(\?[!=]\[[^\]]*\]\)|\\b|\(\?:\[\^[^\]]*\]\|\$\)/g, ''),
    flags.replace('i', ''),
  );

describe('the table of rules', () => {
  it('has unique ids, and keywords for every rule', () => {
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
    for (const { id, keywords, source } of RULES) {
      expect(keywords.length, id).toBeGreaterThan(0);
      expect(source, id).not.toBe('');
    }
  });

  for (const rule of GITLEAKS_RULES.filter(({ id }) => !NAMED_ELSEWHERE.has(id))) {
    it(`finds what ${rule.id} describes, and its keywords in it`, () => {
      const tokens = fc
        .stringMatching(withoutAssertions(rule.pattern))
        .filter((token) => !token.includes('\n'));
      fc.assert(
        fc.property(tokens, (token) => {
          const line = `f("${token.replaceAll(/^["'\s]|["'\s]$/g, '')}");`;
          fc.pre(matchesRule(rule, line));
          expect(subjectsOf(line)).toContain(rule);
        }),
        { numRuns: 20, seed: 1 },
      );
    });
  }

  it('has its keywords on every line of the corpus that a rule of ours matches', () => {
    for (const { text } of readCases('credentials.txt')) {
      for (const line of text.split('\n')) {
        const matching = RULES.filter((rule) => matchesRule(rule, line) && !NAMED_ELSEWHERE.has(rule.id));
        for (const rule of matching) expect(subjectsOf(line), `${rule.id}: ${line}`).toContain(rule);
      }
    }
  });
});
