/** A person of a login of their own: a name in git's configuration, a data folder, and no name given by word. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What their environment has besides; its files lie in a folder of that name below `dir`. */
export function envOfPerson(dir: string, name: string): Readonly<Record<string, string>> {
  const config = join(dir, name, '.gitconfig');
  const data = join(dir, name, 'data');
  const uid = join(data, 'git-intercom', 'person');
  mkdirSync(dirname(uid), { recursive: true });
  writeFileSync(config, `[user]\n\tname = ${name}\n\temail = ${name}@example.org\n`);
  writeFileSync(uid, `p${Buffer.from(name).toString('hex').padStart(20, '0').slice(-20)}\n`);
  return { INTERCOM_AGENT: '', GIT_CONFIG_GLOBAL: config, XDG_DATA_HOME: data };
}
