import fc from '../../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { type Frame, MessageFraming } from '../../../src/lsp/transport/framing.ts';

const framed = (body: string, length = Buffer.byteLength(body)): Buffer =>
  Buffer.from(`Content-Length: ${length}\r\n\r\n${body}`);

function read(...chunks: Buffer[]): Frame[] {
  const framing = new MessageFraming();
  return chunks.flatMap((chunk) => [...framing.read(chunk)]);
}

const values = (frames: readonly Frame[]): unknown[] =>
  frames.flatMap((frame) => (frame.kind === 'message' ? [frame.value] : []));
const brokenCount = (frames: readonly Frame[]): number =>
  frames.filter(({ kind }) => kind === 'broken').length;

describe('messages', () => {
  it('are the same however their bytes are cut', () => {
    const messages = [{ a: 1 }, { b: 'ü😀' }, [], { c: 'Content-Length: 12' }];
    const bytes = Buffer.concat(messages.map((message) => framed(JSON.stringify(message))));
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 12 }), (places) => {
        const cuts = [0, ...[...places].sort((a, b) => a - b), bytes.length];
        const chunks = cuts.slice(1).map((end, index) => bytes.subarray(cuts[index], end));
        expect(values(read(...chunks))).toEqual(messages);
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it('may have other headers, in any order and case', () => {
    const headers =
      'Content-Type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-length:  2 \r\n\r\n{}';
    expect(values(read(Buffer.from(headers)))).toEqual([{}]);
  });

  for (const [what, bytes] of [
    ['that is no JSON', framed('{"a":')],
    ['that is longer than it says', framed('{"a":"0123456789"}', 6)],
    ['that is shorter than it says', framed('{"a":1}', 40)],
    ['without a length', Buffer.from('Content-Type: json\r\n\r\n{"a":1}')],
    ['with a length that is no number', Buffer.from('Content-Length: x\r\n\r\n{"a":1}')],
    ['with headers that do not end', Buffer.from('x'.repeat(20_000))],
  ] as const) {
    it(`behind one ${what} are read`, () => {
      const frames = read(bytes, framed('{"b":2}'), framed('{"c":3}'));
      expect(values(frames)).toEqual([{ b: 2 }, { c: 3 }]);
      expect(brokenCount(frames)).toBeGreaterThan(0);
    });
  }

  it('that are too large are passed over, with their id where it is at their beginning', () => {
    const length = 100 * 1024 * 1024;
    const framing = new MessageFraming();
    const head = '{"jsonrpc":"2.0","id":"x","method":"m","params":"';
    const frames = [...framing.read(Buffer.from(`Content-Length: ${length}\r\n\r\n${head}`))];
    const filling = Buffer.alloc(1024 * 1024, 'a');
    for (let left = length - head.length; left > 0; left -= filling.length)
      frames.push(...framing.read(filling.subarray(0, Math.min(left, filling.length))));
    frames.push(...framing.read(framed('{}')));
    expect(frames).toMatchObject([
      { kind: 'broken', id: 'x' },
      { kind: 'message', value: {} },
    ]);
  });
});
