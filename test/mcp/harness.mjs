/**
 * Stands for a harness: a process of its own that starts the command of its words and hands its own streams on. It
 * ends as the command ends, and stays when that is killed. Says on stderr which process the command is.
 */
import { spawn } from 'node:child_process';

const child = spawn(process.execPath, process.argv.slice(2), { stdio: 'inherit' });
process.stderr.write(`command is ${child.pid}\n`);
const staying = setInterval(() => {}, 60_000);
child.on('exit', (code, signal) => {
  clearInterval(signal === 'SIGKILL' ? undefined : staying);
  process.exitCode = code ?? 1;
});
