/**
 * Loaded into every process and thread of a session: notes each use of the network that begins in the extension's own
 * programs, one line each in a file. A first line of each process says that it was watched.
 */
import { appendFileSync } from 'node:fs';
import dgram from 'node:dgram';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

const FILE = process.env.ENDURANCE_NETWORK_FILE;
const OWN_PROGRAM = /dist[\\/](?:extension|suggestion-worker|training-process)\.cjs/;
const FRAMES = 50;

function note(line) {
  try {
    appendFileSync(FILE, `${process.pid} ${line}\n`);
  } catch {
    // No more files can be opened, which is another fault of the session.
  }
}

function watch(owner, name) {
  const original = owner[name];
  owner[name] = function watched(...given) {
    Error.stackTraceLimit = Math.max(Error.stackTraceLimit, FRAMES);
    const { stack } = new Error();
    if (OWN_PROGRAM.test(stack) || OWN_PROGRAM.test(process.argv[1] ?? ''))
      note(`used ${name}: ${stack.split('\n').slice(2, 6).join(' ')}`);
    return original.apply(this, given);
  };
}

if (FILE !== undefined) {
  note(`watched ${process.argv.slice(1).join(' ')}`);
  watch(net.Socket.prototype, 'connect');
  watch(net.Server.prototype, 'listen');
  for (const name of ['bind', 'send', 'connect']) watch(dgram.Socket.prototype, name);
  for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6']) watch(dns, name);
  for (const name of ['lookup', 'resolve']) watch(dns.promises, name);
  syncBuiltinESMExports();
}
