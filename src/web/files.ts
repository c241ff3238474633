/** The page's own files, read once: nothing that a request says becomes a path. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Content } from './answer.ts';

const types: Readonly<Record<string, string>> = {
  'page.html': 'text/html; charset=utf-8',
  'page.css': 'text/css; charset=utf-8',
  'page.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
};

/** By the name under which a browser asks for them; the page itself has none. */
export function filesIn(folder: string): ReadonlyMap<string, Content> {
  const files = Object.entries(types).map(([name, type]): [string, Content] => [
    name === 'page.html' ? '' : name,
    { type, bytes: readFileSync(join(folder, name)) },
  ]);
  return new Map(files);
}
