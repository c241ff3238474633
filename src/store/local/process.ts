/**
 * Which process something belongs to, and whether it is still there.
 *
 * A pid alone is not enough: it is given again. On Linux the start time (proc(5), field 22 of stat), the boot and the
 * pid namespace make it certain; elsewhere the pid is all there is. Two machines may have one name and share a disk: another
 * boot means that a process is gone only where the machine is known to be the same.
 */
import { readFileSync, readlinkSync } from 'node:fs';

export interface ProcessIdentity {
  readonly pid: number;
  readonly startTime: string | null;
  readonly bootId: string | null;
  readonly pidNamespace: string | null;
  readonly host: string;
  /** Null where nothing tells; older records have none. */
  readonly machine?: string | null | undefined;
}

let self: ProcessIdentity | undefined;

export function selfProcess(): ProcessIdentity {
  self ??= processIdentity(process.pid);
  return self;
}

/** Of a process of this host and namespace. */
export function processIdentity(pid: number): ProcessIdentity {
  return {
    pid,
    startTime: statOf(pid)?.startTime ?? null,
    bootId: bootId(),
    pidNamespace: namespace(),
    host: hostname(),
    machine: machineId(),
  };
}

/** This start of this machine. */
export function thisBoot(): Pick<ProcessIdentity, 'bootId' | 'host'> {
  return { bootId: bootId(), host: hostname() };
}

/** Whether something that was written then was written before the machine started, of those that are this one. */
export function isEarlierBoot({ bootId: written, host }: { readonly bootId: string; readonly host: string }): boolean {
  return written !== String(bootId()) && host === hostname();
}

/** Not imported: the quick answers need it only after a start of the machine. */
function hostname(): string {
  return process.getBuiltinModule('node:os').hostname();
}

/** `unknown` for a process of another machine or namespace: its pid says nothing here. */
export function processState(identity: ProcessIdentity): 'alive' | 'dead' | 'unknown' {
  if (identity.host !== hostname()) return 'unknown';
  if (identity.bootId !== null && bootId() !== null && identity.bootId !== bootId()) {
    return identity.machine != null && identity.machine === machineId() ? 'dead' : 'unknown';
  }
  if (identity.pidNamespace !== namespace()) return 'unknown';
  if (identity.startTime !== null) {
    const stat = statOf(identity.pid);
    if (stat === undefined) return 'dead';
    return stat.startTime === identity.startTime && stat.state !== 'Z' && stat.state !== 'X' ? 'alive' : 'dead';
  }
  try {
    process.kill(identity.pid, 0);
    return 'alive';
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM' ? 'alive' : 'dead';
  }
}

/** The name of a program may hold spaces and parentheses: what counts comes after the last one. */
function statOf(pid: number): { state: string; startTime: string } | undefined {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', startTime: fields[19] ?? '' };
}

let boot: string | null | undefined;
function bootId(): string | null {
  boot ??= read('/proc/sys/kernel/random/boot_id')?.trim() ?? null;
  return boot;
}

/** The namespace of the machine itself (include/linux/proc_ns.h, PROC_PID_INIT_INO). */
const outermost = 'pid:[4026531836]';

/**
 * A digest, for the id itself is not to be shown around (machine-id(5)). In a container it says nothing: what is made from
 * one image has one id, on whichever machine it runs.
 */
let ownMachine: string | null | undefined;
function machineId(): string | null {
  if (ownMachine === undefined) {
    const id = namespace() === outermost ? read('/etc/machine-id')?.trim() : undefined;
    const isSet = id !== undefined && /^[0-9a-f]{32}$/.test(id);
    ownMachine = isSet
      ? process
          .getBuiltinModule('node:crypto')
          .createHash('sha256')
          .update(`git-intercom ${id}`)
          .digest('hex')
          .slice(0, 16)
      : null;
  }
  return ownMachine;
}

let ownNamespace: string | null | undefined;
function namespace(): string | null {
  if (ownNamespace === undefined) {
    try {
      ownNamespace = readlinkSync('/proc/self/ns/pid');
    } catch {
      ownNamespace = null;
    }
  }
  return ownNamespace;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
