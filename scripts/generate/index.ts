/** Everything that is generated, as text by path. Pure but for the files that it is given to read. */
import { commandTable } from './command-table.ts';
import { schemaFiles } from './json-schema.ts';
import { manualPage } from './manual.ts';
import { fill } from './markers.ts';
import { recordFormat } from './record-format.ts';
import { table } from './table.ts';

export interface Sources {
  /** Undefined where there is no such file. */
  readonly read: (path: string) => string | undefined;
  readonly version: string;
}

export async function generate({ read, version }: Sources): Promise<ReadonlyMap<string, string>> {
  const outputs = new Map<string, string>(schemaFiles());
  outputs.set('man/git-intercom.1', manualPage(table, version));
  const filled: readonly (readonly [path: string, sections: ReadonlyMap<string, string>])[] = [
    ['schema/README.md', await recordFormat()],
    ['README.md', new Map([['commands', commandTable(table)]])],
  ];
  for (const [path, sections] of filled) {
    const text = read(path);
    if (text !== undefined) outputs.set(path, fill(text, sections, path));
  }
  return outputs;
}
