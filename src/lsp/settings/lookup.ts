import { fieldsOf } from '../params.ts';

/** Either the path of a model file, or a group of settings. */
const TEXT_OR_GROUP = 'charRnn.model';

/**
 * A value in nested objects by its dotted key; parts of the key may be written together, as in `{"model.cell": "gru"}`.
 * What stands where a group of settings should is the value of each, so that it is found to be wrong:
 * `{"suggestions": false}` must not mean that suggestions are on.
 * @returns undefined where there is none.
 */
export function lookUp(root: unknown, key: string): unknown {
  return find(root, key, '');
}

function find(root: unknown, key: string, above: string): unknown {
  if (root === undefined || root === null) return undefined;
  if (typeof root !== 'object' || Array.isArray(root)) return above === TEXT_OR_GROUP ? undefined : root;
  const fields = fieldsOf(root);
  if (Object.hasOwn(fields, key)) return fields[key];
  for (let dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', dot + 1)) {
    const head = key.slice(0, dot);
    if (!Object.hasOwn(fields, head)) continue;
    const found = find(fields[head], key.slice(dot + 1), above === '' ? head : `${above}.${head}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
