import fc from '../fast-check.ts';

/** Bytes with some of them changed, removed, repeated or put in. */
export function mutated(bytes: Uint8Array): fc.Arbitrary<Buffer> {
  const place = fc.nat(bytes.length);
  const mutation = fc.oneof(
    fc.record({ kind: fc.constant('flip' as const), at: place, value: fc.integer({ min: 1, max: 255 }) }),
    fc.record({ kind: fc.constant('cut' as const), at: place, length: fc.nat(64) }),
    fc.record({ kind: fc.constant('repeat' as const), at: place, length: fc.nat(64) }),
    fc.record({ kind: fc.constant('insert' as const), at: place, bytes: fc.uint8Array({ maxLength: 16 }) }),
    fc.record({ kind: fc.constant('end' as const), at: place }),
  );
  return fc.array(mutation, { minLength: 1, maxLength: 4 }).map((mutations) => {
    let changed = Buffer.from(bytes);
    for (const each of mutations) {
      const before = changed.subarray(0, each.at);
      const behind = changed.subarray(each.at);
      if (each.kind === 'flip' && each.at < changed.length) changed[each.at] ^= each.value;
      else if (each.kind === 'cut') changed = Buffer.concat([before, behind.subarray(each.length)]);
      else if (each.kind === 'repeat') {
        changed = Buffer.concat([before, behind.subarray(0, each.length), behind]);
      } else if (each.kind === 'insert') changed = Buffer.concat([before, each.bytes, behind]);
      else if (each.kind === 'end') changed = Buffer.from(before);
    }
    return changed;
  });
}

/** What a value of a JSON text may be replaced by. */
const anyJson = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 0.5, 1e308, 2 ** 53, '', 'lstm', [], {}, [[]], '__proto__'),
  fc.jsonValue({ maxDepth: 2 }),
);

/** A JSON value with one of its parts, at any depth, replaced, removed or given another name. */
export function mutatedJson(value: unknown): fc.Arbitrary<unknown> {
  const steps = fc.array(fc.nat(200), { minLength: 1, maxLength: 5 });
  const how = fc.constantFrom('replace', 'remove', 'rename', 'copy');
  return fc.tuple(steps, how, anyJson, fc.string({ maxLength: 8 })).map(([path, kind, replacement, name]) => {
    const copy = structuredClone(value);
    let at: unknown = copy;
    for (const [index, step] of path.entries()) {
      if (typeof at !== 'object' || at === null) break;
      const parts = at as Record<string, unknown>;
      const keys = Object.keys(parts);
      if (keys.length === 0) break;
      const key = keys[step % keys.length];
      const next = parts[key];
      if (index < path.length - 1 && typeof next === 'object' && next !== null) {
        at = next;
        continue;
      }
      if (kind === 'replace') parts[key] = replacement;
      else if (kind === 'remove') Reflect.deleteProperty(parts, key);
      else if (!Array.isArray(parts)) {
        if (kind === 'rename') Reflect.deleteProperty(parts, key);
        Object.defineProperty(parts, name, {
          value: next,
          enumerable: true,
          configurable: true,
          writable: true,
        });
      }
      break;
    }
    return copy;
  });
}
