import { describe, expect, it } from 'vitest';
import { Suggester } from '../../../../src/completion/decode/suggest.ts';
import { NetworkPredictor } from '../../../../src/completion/predict/network-predictor.ts';
import { atCursor } from '../../cursor.ts';
import { NgramStepper, vocabularyOf } from '../../ngram-stepper.ts';

/** A place in a document, the cursor written as `|`, and what is to be suggested there; undefined: nothing. */
interface Golden {
  readonly name: string;
  readonly at: string;
  readonly want: string | undefined;
  /** Columns of a level of spaces, or tabs; as the language's text is learnt if left out. */
  readonly indentation?: number | 'tabs';
  readonly maxLength?: number;
}

interface Language {
  readonly name: string;
  /** The code base, which goes on as it says with near certainty. */
  readonly learnt: string;
  readonly indentation: number | 'tabs';
  readonly cases: readonly Golden[];
}

/** Tests what is suggested in a language by a network that knows its code base to the letter. */
export function testGolden({ name, learnt, indentation, cases }: Language): void {
  describe(`a suggestion in ${name}`, () => {
    const vocabulary = vocabularyOf(learnt);
    const suggester = new Suggester(
      new NetworkPredictor(new NgramStepper(vocabulary, learnt, 0.9995), vocabulary),
    );
    for (const golden of cases) {
      it(golden.name, () => {
        const style = golden.indentation ?? indentation;
        const suggestion = suggester.suggest({
          document: `${name} ${golden.name}`,
          ...atCursor(golden.at),
          atFileStart: true,
          indentation:
            style === 'tabs' ? { insertSpaces: false, tabSize: 8 } : { insertSpaces: true, tabSize: style },
          temperature: 0,
          seed: 0,
          maxLength: golden.maxLength ?? 80,
          eagerness: 'balanced',
          explicit: false,
        });
        expect(suggestion?.text).toBe(golden.want);
      });
    }
  });
}
