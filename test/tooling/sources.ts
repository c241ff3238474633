/** The source files of the repository, as text. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Source } from './tidy.ts';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Fixtures are left out: they are data, some of it wrong on purpose. */
export function readSources(folders: readonly string[]): Source[] {
  return pathsIn(folders)
    .filter((path) => /\.([cm]?[jt]s|sh)$/.test(path))
    .map((path) => ({ path, text: readFileSync(root + path, 'utf8') }));
}

export function pathsIn(folders: readonly string[]): string[] {
  return folders
    .filter((folder) => existsSync(root + folder))
    .flatMap((folder) =>
      readdirSync(root + folder, { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`),
    )
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !path.split('/').some((segment) => segment === 'fixtures' || segment === 'node_modules'))
    .sort();
}
