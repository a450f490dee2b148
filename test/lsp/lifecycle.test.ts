import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isAlive } from '../../src/common/process-alive.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { command, initialize, serve, type Served, shutDown } from './client.ts';
import { writeWorkspace } from './workspace.ts';

const at = temporaryFolder();
let folder = '';
let served: Served;

beforeAll(async () => {
  folder = at('workspace');
  await writeWorkspace(folder, 2);
});
beforeEach(() => {
  served = serve(at('cache'));
});
afterEach(async () => {
  served.child.kill('SIGKILL');
  await served.ended;
});

describe('the server', () => {
  it('ends with status 0 where the client shuts it down', async () => {
    await initialize(served, [folder]);
    await command(served, 'whenReady');
    expect(await shutDown(served)).toBe(0);
  });

  it('ends with status 1 where the client leaves without a word', async () => {
    await initialize(served, [folder]);
    await command(served, 'whenReady');
    served.child.stdin.end();
    expect(await served.ended).toBe(1);
  });

  it('ends at exit, before it was initialized, too', async () => {
    await served.connection.sendNotification('exit');
    expect(await served.ended).toBe(1);
  });

  it('ends when its client is gone, though the pipes stay open', async () => {
    const client = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(client, 'spawn');
    await initialize(served, [folder], { processId: client.pid });
    await command(served, 'whenReady');
    client.kill('SIGKILL');
    await once(client, 'exit');
    expect(await served.ended).toBe(1);
  });

  it('answers nothing before initialize and after shutdown, but with an error', async () => {
    await expect(command(served, 'whenReady')).rejects.toMatchObject({ code: -32002 });
    await initialize(served, [folder]);
    await expect(initialize(served, [folder])).rejects.toMatchObject({ code: -32600 });
    await served.connection.sendRequest('shutdown');
    await expect(command(served, 'whenReady')).rejects.toMatchObject({ code: -32600 });
  });

  it('leaves no training behind that goes on', async () => {
    await initialize(served, [folder]);
    const training = command(served, 'train', { minutes: 10 }).catch(() => undefined);
    const pid = await trainingProcess(served.child.pid!);
    served.child.stdin.end();
    await served.ended;
    served.connection.dispose();
    await training;
    await expect.poll(() => isAlive(pid)).toBe(false);
  });
});

/** The process id of the training that a server started. */
async function trainingProcess(server: number): Promise<number> {
  const children = (): number[] => {
    const text = readFileSync(`/proc/${server}/task/${server}/children`, 'utf8').trim();
    return text === '' ? [] : text.split(' ').map(Number);
  };
  await expect.poll(() => children().length).toBe(1);
  return children()[0];
}
