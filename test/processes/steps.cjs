/**
 * Loaded before a program by `node --require`: counts the calls that change files below STEPS_DIR, and when it comes to
 * number STEPS_AT it does what STEPS_HOW says, before the call is made:
 *
 * - `kill`: SIGKILL to itself. `tear`: counts writes alone, writes the first half and then kills itself.
 * - `pause`: makes the file STEPS_GATE and waits until somebody has removed it.
 * - `ENOSPC`, `EROFS`, `EACCES`: the system answers so from then on, to every call that such a disk would refuse. A write
 *   to a disk that gets full is cut short first, as write(2) does it. With STEPS_FOR only for so many steps.
 *
 * With STEPS_LINKS=none link(2) answers as where there are no hard links, whatever else is to happen.
 *
 * With STEPS_ONLY only steps count that match, `rename refs/heads/intercom` for one. What node composes of several calls
 * is taken apart.
 */
const fs = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');
const { dirname, resolve, sep } = require('node:path');

const { STEPS_DIR: dir = '/nowhere', STEPS_HOW: how, STEPS_GATE: gate = '' } = process.env;
const hasNoLinks = process.env.STEPS_LINKS === 'none';
const only = new RegExp(process.env.STEPS_ONLY ?? '');
const at = Number(process.env.STEPS_AT ?? 0);
const end = at + Number(process.env.STEPS_FOR ?? Number.POSITIVE_INFINITY);
const real = { ...fs };
const pathByFd = new Map();
let count = 0;

const isInside = (path) => typeof path === 'string' && resolve(path).startsWith(dir + sep);

/** True when the call is to fail or to be cut short; does not return when the process is to die. */
function step(name, path) {
  if (how === 'tear' && name !== 'write') return false;
  if (!only.test(`${name} ${path.slice(dir.length + 1)}`)) return false;
  // Nobody who looks at the files can tell whether they were synced: it is no step of its own to a killer.
  if (name === 'fsync' && (how === 'kill' || how === 'pause')) return false;
  count++;
  if (count === at && how === 'kill') die();
  if (count === at && how === 'pause') pause();
  return at > 0 && count >= at && count < end;
}

function die() {
  process.kill(process.pid, 'SIGKILL');
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
}

function pause() {
  real.writeFileSync(gate, '');
  while (real.existsSync(gate)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
}

const refusing = {
  ENOSPC: new Set(['create', 'write', 'mkdir', 'link', 'rename', 'fsync']),
  EROFS: new Set(['access', 'create', 'open', 'write', 'mkdir', 'link', 'rename', 'unlink', 'rmdir', 'truncate']),
  EACCES: new Set(['access', 'create', 'open', 'mkdir', 'link', 'rename', 'unlink', 'rmdir']),
};

function refusal(name, path) {
  const isDue = step(name, path);
  if (!isDue || refusing[how]?.has(name) !== true) return undefined;
  return Object.assign(new Error(`${how}: ${name} '${path}'`), { code: how, syscall: name, path });
}

function guard(name, path) {
  const refused = refusal(name, path);
  if (refused !== undefined) throw refused;
}

let isCutShort = false;

/** A disk that gets full takes a part of the last write, and nothing of the next. */
function write(fd, bytes) {
  const path = pathByFd.get(fd);
  const half = bytes.subarray(0, Math.floor(bytes.length / 2));
  if (step('write', path)) {
    if (how === 'tear' && count === at) {
      real.writeSync(fd, half);
      die();
    }
    if (how === 'ENOSPC' && !isCutShort && half.length > 0) {
      isCutShort = true;
      return real.writeSync(fd, half);
    }
    if (refusing[how]?.has('write')) throw Object.assign(new Error(`${how}: write '${path}'`), { code: how, path });
  }
  return real.writeSync(fd, bytes);
}

function isWriting(flags) {
  return typeof flags === 'number' ? (flags & 3) !== 0 : /[wa+]/.test(flags ?? 'r');
}

fs.openSync = (path, flags, mode) => {
  const counts = isInside(path) && isWriting(flags) && real.existsSync(dirname(path));
  if (counts) guard(real.existsSync(path) ? 'open' : 'create', path);
  const fd = real.openSync(path, flags, mode);
  if (counts) pathByFd.set(fd, path);
  else pathByFd.delete(fd);
  return fd;
};

fs.writeSync = (fd, data, ...rest) => {
  if (!pathByFd.has(fd)) return real.writeSync(fd, data, ...rest);
  if (typeof data === 'string') return write(fd, Buffer.from(data));
  const [offset = 0, length = data.length - offset] = rest;
  return write(fd, data.subarray(offset, offset + length));
};

function writeWhole(path, data, options, flag) {
  const { mode = 0o666, flag: own } = typeof options === 'object' && options !== null ? options : {};
  const fd = fs.openSync(path, own ?? flag, mode);
  try {
    const bytes = Buffer.from(data);
    for (let done = 0; done < bytes.length; ) done += fs.writeSync(fd, bytes, done);
  } finally {
    real.closeSync(fd);
  }
}

for (const [name, flag] of [
  ['writeFileSync', 'w'],
  ['appendFileSync', 'a'],
]) {
  fs[name] = (path, data, options) =>
    isInside(path) ? writeWhole(path, data, options, flag) : real[name](path, data, options);
}

fs.fsyncSync = (fd) => {
  if (pathByFd.has(fd)) guard('fsync', pathByFd.get(fd));
  return real.fsyncSync(fd);
};

fs.fsync = (fd, callback) => {
  const refused = pathByFd.has(fd) ? refusal('fsync', pathByFd.get(fd)) : undefined;
  if (refused === undefined) real.fsync(fd, callback);
  else setImmediate(callback, refused);
};

fs.ftruncateSync = (fd, length) => {
  if (pathByFd.has(fd)) guard('truncate', pathByFd.get(fd));
  return real.ftruncateSync(fd, length);
};

fs.accessSync = (path, mode) => {
  if (mode === fs.constants.W_OK && isInside(path)) guard('access', path);
  return real.accessSync(path, mode);
};

/** Each with the path that it changes, and whether there is anything to change. */
const changing = {
  linkSync: ['link', (_from, to) => to, () => true],
  renameSync: ['rename', (_from, to) => to, () => true],
  unlinkSync: ['unlink', (path) => path, () => true],
  rmdirSync: ['rmdir', (path) => path, () => true],
  rmSync: ['unlink', (path) => path, (path) => real.existsSync(path)],
  mkdirSync: ['mkdir', (path) => path, (path) => !real.existsSync(path) && real.existsSync(dirname(dirname(path)))],
};
let isNested = false;
for (const [name, [kind, pathOf, isChange]] of Object.entries(changing)) {
  fs[name] = (...args) => {
    const path = pathOf(...args);
    if (!isNested && isInside(path) && isChange(path)) guard(kind, path);
    if (kind === 'link' && hasNoLinks) throw Object.assign(new Error(`EPERM: link '${path}'`), { code: 'EPERM', path });
    isNested = true;
    try {
      return real[name](...args);
    } finally {
      isNested = false;
    }
  };
}

for (const name of ['open', 'write', 'writeFile', 'appendFile', 'rename', 'unlink', 'link', 'rm', 'mkdir']) {
  const method = fs.promises[name];
  if (method === undefined) continue;
  fs.promises[name] = async (...args) => {
    if (args.some(isInside)) throw new Error(`steps.cjs does not count fs.promises.${name} yet: add it`);
    return method.apply(fs.promises, args);
  };
}

syncBuiltinESMExports();
process.on('exit', () => {
  if (count < at) real.writeSync(2, `steps.cjs: never reached ${at}\n`);
});
