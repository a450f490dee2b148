import { describe, expect, it } from 'vitest';
import { prepareText } from '../../../src/corpus/text/prepare-text.ts';
import { Yielder } from '../../../src/common/yielder.ts';

const prepare = (path: string, text: string) =>
  prepareText(path, Buffer.from(text), { named: false }, new Yielder(undefined));
const credentials = (count: number) =>
  Array.from({ length: count }, (_, i) => `password${i} = "swordfish${i}x"\n`).join('');

describe('prepareText', () => {
  it('says which lines look like credentials, and keeps the others however many these are', async () => {
    const text = 'int i;\n'.repeat(40) + `${credentials(1)}int j;\n`.repeat(60);
    const prepared = await prepare('a.c', text);
    expect(prepared).toMatchObject({ text: 'int i;\n'.repeat(40) + 'int j;\n'.repeat(60) });
    expect(prepared).toHaveProperty('leftOut.length', 60);
    expect(prepared).toHaveProperty('leftOut.0.reason', 'line 41 looks like a credential');
  });

  it('leaves a file out as a whole where it holds little else', async () => {
    expect(await prepare('a.ini', `[a]\n[b]\n${credentials(20)}`)).toEqual({
      reason: 'full of what looks like credentials',
    });
    expect(await prepare('a.ini', credentials(5))).toEqual({
      reason: 'holds nothing but what looks like credentials',
    });
    expect(await prepare('a.ini', `[a]\n${credentials(8)}`)).toMatchObject({ text: '[a]\n' });
  });

  it('says where data was cut out of a line', async () => {
    const url = `url(data:image/png;base64,${'q7Zk4H9sD2mWx8Lp'.repeat(30)})`;
    expect(await prepare('a.css', `a { background: ${url}; }\n`)).toMatchObject({
      text: 'a { background: url(data:image/png;base64,); }\n',
      leftOut: [{ path: 'a.css', reason: 'data embedded in line 1' }],
    });
  });
});
