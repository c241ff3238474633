/**
 * How the runner of GitHub Actions reads a line of a step's output: the rules of its documentation, and of its
 * ActionCommand where the documentation is silent. Both its present form (`::`) and its first one (`##[`) count.
 */

export interface WorkflowCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

const names = new Set(
  (
    'internal-set-repo-path set-env set-output save-state add-path add-mask add-matcher remove-matcher ' +
    'warning error notice debug group endgroup echo stop-commands'
  ).split(' '),
);

/** The commands in the output of a step, while nothing has stopped them, and the lines that are none. */
export function readCommands(output: string): { commands: WorkflowCommand[]; plain: string[] } {
  const commands: WorkflowCommand[] = [];
  const plain: string[] = [];
  let resumeToken: string | undefined;
  for (const line of output.split(/\r\n|\r|\n/)) {
    if (resumeToken !== undefined) {
      if (line.trim() === `::${resumeToken}::`) resumeToken = undefined;
      else plain.push(line);
      continue;
    }
    const command = parse(line) ?? parseFirstForm(line);
    if (command === undefined) plain.push(line);
    else if (command.name === 'stop-commands') resumeToken = command.data;
    else commands.push(command);
  }
  return { commands, plain: plain.at(-1) === '' ? plain.slice(0, -1) : plain };
}

function parse(line: string): WorkflowCommand | undefined {
  const message = line.trimStart();
  const end = message.indexOf('::', 2);
  if (!message.startsWith('::') || end < 0) return undefined;
  const info = message.slice(2, end);
  const space = info.indexOf(' ');
  const name = space < 0 ? info : info.slice(0, space);
  if (!names.has(name)) return undefined;
  const properties = space > 0 ? propertiesOf(info.slice(space + 1).trim()) : {};
  return { name, properties, data: unescaped(message.slice(end + 2), dataMappings) };
}

function propertiesOf(text: string): Record<string, string> {
  const pairs = text.split(',').flatMap((pair) => {
    const [key, value] = /^=*([^=]+)=+(.+)$/s.exec(pair)?.slice(1) ?? [];
    return key === undefined || value === undefined ? [] : [[key, unescaped(value, propertyMappings)]];
  });
  return Object.fromEntries(pairs);
}

function parseFirstForm(line: string): WorkflowCommand | undefined {
  const [, name, data] = /##\[([^\] ]*)[^\]]*\](.*)$/s.exec(line) ?? [];
  return name === undefined || !names.has(name) ? undefined : { name, properties: {}, data: data ?? '' };
}

type Mappings = readonly (readonly [escaped: string, char: string])[];
const lineEnds: Mappings = [
  ['%0D', '\r'],
  ['%0A', '\n'],
];
const dataMappings: Mappings = [...lineEnds, ['%25', '%']];
const propertyMappings: Mappings = [...lineEnds, ['%3A', ':'], ['%2C', ','], ['%25', '%']];

function unescaped(text: string, mappings: Mappings): string {
  return mappings.reduce((sofar, [escaped, char]) => sofar.replaceAll(escaped, char), text);
}
