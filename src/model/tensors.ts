/** Named f32 arrays, row-major; shapes follow from the specification (`parameterShapes`). */
export type Tensors = ReadonlyMap<string, Float32Array>;
