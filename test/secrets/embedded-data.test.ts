import { describe, expect, it } from 'vitest';
import { Yielder } from '../../src/common/yielder.ts';
import { withoutEmbeddedData } from '../../src/secrets/embedded-data.ts';
import { redact } from '../../src/secrets/redact.ts';

const data = 'q7Zk4H9sD2mWx8Lp'.repeat(30);

describe('embedded data', () => {
  it('is left out of its line', () => {
    expect(withoutEmbeddedData(`src: url(data:font/woff2;base64,${data}==) format('woff2');`)).toBe(
      "src: url(data:font/woff2;base64,) format('woff2');",
    );
    expect(withoutEmbeddedData(`const icon = "iVBORw0KGgo${data}";`)).toBe('const icon = "";');
  });

  it('is not every long run, since keys are some', () => {
    const key = `const key = "MIIE${data}";`;
    expect(withoutEmbeddedData(key)).toBe(key);
    expect(withoutEmbeddedData('data:image/gif;base64,R0lGODlhAQABAAAAACw=')).toContain(
      'R0lGODlhAQABAAAAACw=',
    );
  });

  it('is said to be left out, and the lines around it are kept', async () => {
    const text = `a {\n  background: url(data:image/png;base64,${data});\n}\n`;
    expect(await redact(text, 'a.css', new Yielder(undefined))).toEqual({
      text: 'a {\n  background: url(data:image/png;base64,);\n}\n',
      removed: [],
      shortened: [{ first: 2, last: 2 }],
    });
  });
});
