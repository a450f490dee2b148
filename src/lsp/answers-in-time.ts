import { sleep } from '../common/sleep.ts';

/** Time after which a client is taken not to answer a request of the server. */
const MAX_ANSWER_MS = 5000;

/** Whether the client answers a request in time. @throws an error where it refuses to in time. */
export function answersInTime(answer: Promise<unknown>): Promise<boolean> {
  return Promise.race([answer.then(() => true), sleep(MAX_ANSWER_MS).then(() => false)]);
}
