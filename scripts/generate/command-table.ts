/** The commands for README.md: a table for each group. */
import type { Entry } from '../../src/cli/command.ts';
import { groups } from '../../src/cli/help.ts';
import { code, table } from './markdown.ts';

export function commandTable(commands: readonly Entry[]): string {
  const rows = groups.flatMap((group) =>
    commands
      .filter((command) => command.group === group)
      .map(({ name, synopsis, summary }, n) => [n === 0 ? group : '', code(`${name} ${synopsis}`.trim()), summary]),
  );
  return table(['', 'command', 'what it does'], rows);
}
