/** Loaded into every process of a session: has Node.js load the scripts into its children, from which VS Code removes NODE_OPTIONS. */
import { ChildProcess } from 'node:child_process';

const { NODE_OPTIONS } = process.env;
const spawn = ChildProcess.prototype.spawn;

if (NODE_OPTIONS !== undefined)
  ChildProcess.prototype.spawn = function (options) {
    const others = (options.envPairs ?? []).filter((pair) => !pair.startsWith('NODE_OPTIONS='));
    return spawn.call(this, { ...options, envPairs: [...others, `NODE_OPTIONS=${NODE_OPTIONS}`] });
  };
