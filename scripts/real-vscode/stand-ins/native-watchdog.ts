/** Replaces a native module that ends a hung process whose parent is gone; we end the whole group instead. */
export function start(): void {}

export function exit(code?: number): never {
  process.exit(code);
}
