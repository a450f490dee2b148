import type { Attribute, TensorFlowBinding } from '../runtime/binding.ts';

/** The attributes of the operations that are used here, made once; `count` makes those that vary. */
export function attributesFor(binding: TensorFlowBinding) {
  const type = (name: string, value: number): Attribute => ({ name, type: binding.TF_ATTR_TYPE, value });
  const flag = (name: string, value: boolean): Attribute => ({ name, type: binding.TF_ATTR_BOOL, value });
  const count = (name: string, value: number): Attribute => ({ name, type: binding.TF_ATTR_INT, value });
  const number = (name: string, value: number): Attribute => ({ name, type: binding.TF_ATTR_FLOAT, value });
  const float = [type('T', binding.TF_FLOAT)];
  const int32 = (name: string) => type(name, binding.TF_INT32);
  const noPeephole = flag('use_peephole', false);
  const product = (a: boolean, b: boolean) => [...float, flag('transpose_a', a), flag('transpose_b', b)];
  return {
    count,
    float,
    firstAxis: count('axis', 0),
    product: {
      'false-false': product(false, false),
      'false-true': product(false, true),
      'true-false': product(true, false),
      'true-true': product(true, true),
    },
    transpose: [...float, int32('Tperm')],
    reshape: [...float, int32('Tshape')],
    slice: [...float, int32('Index')],
    concatenate: [...float, int32('Tidx')],
    split: [...float, int32('Tlen')],
    gather: [type('Tparams', binding.TF_FLOAT), int32('Tindices'), int32('Taxis')],
    sumByNumber: [...float, int32('Tindices'), int32('Tnumsegments')],
    oneHot: [...float, int32('TI'), count('axis', -1)],
    crossEntropy: [...float, int32('Tlabels')],
    isLargest: [int32('T'), count('k', 1)],
    // No forget bias of its own (ours is a weight) and, with -1, no clipping of cells.
    blockLstm: [...float, number('forget_bias', 0), number('cell_clip', -1), noPeephole],
    cellGradient: [...float, noPeephole],
  };
}
