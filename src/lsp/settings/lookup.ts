import { fieldsOf } from '../params.ts';

/**
 * A value in nested objects by its dotted key; parts of the key may be written together, as in `{"model.cell": "gru"}`.
 * @returns undefined where there is none.
 */
export function lookUp(root: unknown, key: string): unknown {
  const fields = fieldsOf(root);
  if (Object.hasOwn(fields, key)) return fields[key];
  for (let dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', dot + 1)) {
    const head = key.slice(0, dot);
    if (!Object.hasOwn(fields, head)) continue;
    const found = lookUp(fields[head], key.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}
