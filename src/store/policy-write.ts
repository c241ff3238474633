/** Writing the policy file: whole where there is none, one line of it where there is one. */
import {
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { IntercomError } from '../domain/failure.ts';
import { type LineKey, withKey } from '../domain/policy-file/edit.ts';
import { policySchema } from '../domain/policy-file/schema.ts';
import { defaultPolicyFile } from '../domain/policy-file/text.ts';
import { decodeYaml } from './codec/decode.ts';
import { failureOf } from './local/failure-of.ts';
import { policyFileName } from './policy-file-name.ts';
import { type PolicyPlace, policyFileOf } from './policy-place.ts';
import type { PolicyKeys, PolicyWritten } from './port.ts';

/**
 * Sets what is given and leaves everything else as it stands. Where this work tree has no file it begins as the one that
 * counted here until now. Throws IntercomError, with the file untouched, where the
 * outcome would not say what was wanted.
 */
export function writePolicyFile(
  place: PolicyPlace & { readonly workTree: string },
  keys: PolicyKeys,
  how: 'write' | 'rehearse',
): PolicyWritten {
  const file = join(place.workTree, policyFileName);
  requireValid(keys);
  const before = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  let after = before ?? textElsewhere(place) ?? defaultPolicyFile;
  for (const key of ['remote', 'hub', 'repository'] as const) {
    const wanted = keys[key];
    if (wanted !== undefined && wanted !== settingIn(after, key)) after = withKey(after, key, wanted);
    if (wanted !== undefined && wanted !== settingIn(after, key)) throw notWritable(file, key, wanted);
  }
  if (after === before) return { path: policyFileName, changed: false, before };
  if (how === 'rehearse') return { path: policyFileName, changed: true, before };
  const changed = before === undefined ? writeNew(file, after) : overwrite(file, after);
  return { path: policyFileName, changed, before };
}

function textElsewhere(place: PolicyPlace): string | undefined {
  const file = policyFileOf(place);
  try {
    return file === undefined ? undefined : readFileSync(file, 'utf8');
  } catch (cause) {
    if (['ENOENT', 'ENOTDIR'].includes(String((cause as NodeJS.ErrnoException).code))) return undefined;
    throw cause;
  }
}

function requireValid(keys: PolicyKeys): void {
  const [issue] = policySchema.safeParse(keys).error?.issues ?? [];
  if (issue === undefined) return;
  throw new IntercomError({
    code: 'usage',
    message: `The ${issue.path.join('.')} ${issue.message}. Nothing was changed.`,
    next: 'Run git intercom help init.',
  });
}

/** Null where it is not set; undefined where the file cannot be read as policy. */
function settingIn(text: string, key: LineKey): string | null | undefined {
  if (text.replace(/^\s*#.*$/gm, '').trim() === '') return null;
  const decoded = decodeYaml(Buffer.from(text));
  const parsed = decoded.ok ? policySchema.safeParse(decoded.value) : undefined;
  return parsed?.success ? (parsed.data[key] ?? null) : undefined;
}

function notWritable(file: string, key: string, wanted: string | null): IntercomError {
  return new IntercomError({
    code: 'damaged',
    message: `${file} is written in a way that ${key} cannot be set in. It was left as it is.`,
    next: wanted === null ? `Take ${key} out of it by hand.` : `Write this line into it: ${key}: ${wanted}`,
  });
}

/** Whole in place of the old, with its mode; a link goes on leading to it. */
function overwrite(named: string, text: string): boolean {
  const file = realpathSync(named);
  const temporary = `${file}~${process.pid}`;
  try {
    writeFileSync(temporary, text, { mode: statSync(file).mode });
    renameSync(temporary, file);
    return true;
  } catch (cause) {
    throw failureOf(cause, 'write the policy file', file);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** False where somebody was first. It appears whole: others read it at every start, and a key cut in two is an error. */
function writeNew(path: string, text: string): boolean {
  const temporary = `${path}~${process.pid}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, text);
    placeNew(temporary, path);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw failureOf(cause, 'write the policy file', path);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Where there are no hard links it is copied, and for a moment may be seen in part. */
function placeNew(temporary: string, path: string): void {
  try {
    linkSync(temporary, path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') throw cause;
    copyFileSync(temporary, path, constants.COPYFILE_EXCL);
  }
}
