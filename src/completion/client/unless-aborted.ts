/** What a request answers; undefined, also in place of an error, once the signal is aborted. */
export async function unlessAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  return answer.catch((error: unknown) => {
    if (!signal.aborted) throw error;
    return undefined;
  });
}
