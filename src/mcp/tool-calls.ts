/** What a command is as a call: the forms in which rules name commands, and the tool that does the same. */

const word = `(?:'(?:[^']|'\\\\'')*'|[^\\s'".,;:)]+(?:[.:][^\\s'".,;:)]+)*)`;

/** A form as it is typed, `<>` standing for one word. */
function typed(form: string): RegExp {
  return new RegExp(`git intercom ${form.replaceAll('<>', `(${word})`)}`, 'g');
}

/** The argument that lets a secret through, which no list of tools shows. */
export const allowSecretAs = 'allow_secret: "<why it may be recorded>"';

type ToolCall = readonly [tool: string, form: RegExp, call: string];

/** Longer forms first: what is left over begins with the plain word. */
export const toolCalls: readonly ToolCall[] = [
  ...called('claim', [
    [new RegExp(`git intercom claim (${word}(?: ${word})*?) --wait`, 'g'), 'claim with paths $1 and wait_seconds'],
    [typed('claim with --wait'), 'claim with wait_seconds'],
    [typed('claim --id <>'), 'claim with id $1'],
    [typed('claim <path>'), 'claim with paths'],
  ]),
  ...called('release', [
    [typed('release <> --force --why "…"'), 'release with paths $1, force and why'],
    [typed('release --all'), 'release with all'],
    [typed('release <>'), 'release with paths $1'],
  ]),
  ...called('send', [
    [typed('send … --supersedes <>'), 'send with supersedes $1'],
    [typed('send --thread <>'), 'send with thread $1'],
    [typed('send <> "…"'), 'send to $1'],
    [typed('send <> ("[^"]*")'), 'send to $1 with text $2'],
  ]),
  ...called('ask', [
    [typed('ask --cancel <>'), 'ask with cancel $1'],
    [typed('ask --id <>'), 'ask with id $1'],
    [typed('ask <> "…"'), 'ask with to $1'],
  ]),
  ...called('reply', [
    [typed('reply <> --done "…"'), 'reply with id $1 and done'],
    [typed('reply --to <> "…"'), 'reply with to $1'],
    [typed('reply <id> "…"'), 'reply with its id'],
    [typed('reply <> "…"'), 'reply with id $1'],
    [typed("reply <> ('.*')"), 'reply with id $1 and text $2'],
  ]),
  ...called('escalate', [
    [typed('escalate <id>'), 'escalate with the id'],
    [typed('escalate <> --sealed'), 'escalate with id $1 and sealed'],
    [typed('escalate "…"'), 'escalate with a text'],
  ]),
  ...called('ack', [[typed('ack --all'), 'ack with all']]),
  ...called('who', [
    [typed('who --all'), 'who with all'],
    [typed('who --scope (repo|hub|machine)'), 'who with scope $1'],
    [typed('claims\\b(?! --)'), 'who'],
  ]),
  ...called('peek', [[typed('(?:pending|escalations)\\b'), 'peek']]),
  ...called('status', [
    [typed('status <text>'), 'status with a text'],
    [typed('status --name'), 'status with name'],
  ]),
  ...called('read', [
    [typed('search(?: <words>)?(?= to find)'), 'read with what search and words'],
    [typed('(receipts|thread) <>'), 'read with what $1 and id $2'],
    [typed('room list\\b'), 'read with what room'],
    [typed('room show <>'), 'read with what room and room $1'],
  ]),
  ...called('room', [
    [typed('room (join|leave|accept|decline) <>'), 'room with action $1 and room $2'],
    [/(?<=\bor )room create\b/g, 'room with action create'],
  ]),
  ...called('read_spec', [
    [typed('spec list\\b'), 'read_spec'],
    [typed('spec show ([\\w-]+)@(\\d+)'), 'read_spec with name $1 and version $2'],
    [typed('spec show ([\\w-]+)'), 'read_spec with name $1'],
    [typed('spec diff ([\\w-]+) (\\d+) (\\d+)'), 'read_spec with name $1, since $2 and version $3'],
  ]),
  ...inPlace('publish_spec', [[/(?<=\bpublish it )with --base (?=\d)/g, 'with base ']]),
  ...inPlace('release', [[/(?<=^Name an id or a path, or use )--all\b/g, 'all']]),
  ...inPlace('send', [
    [/(?<=^The most is )--attach (\S+)(?=\.$)/g, 'attach $1'],
    [/(?<=^Attach fewer lines, such as )--attach (?=\S)/g, ''],
    [/\(--attach-diff=(\S+)\)/g, '(attach diff:$1)'],
    [
      /\(--attach file, --attach file:10-20\), or its changes \(--attach-diff\)/g,
      '(attach file, or file:10-20), or its changes (attach diff)',
    ],
    [/with --allow-secret "<why>" \(tools: allow_secret\)/g, `with ${allowSecretAs}`],
  ]),
  ...called('who', [[plain('who'), 'who']]),
  ...called('peek', [[plain('peek'), 'peek']]),
  ...called('send', [[plain('send'), 'send']]),
  ...called('claim', [[plain('claim'), 'claim']]),
  ...called('status', [[plain('status'), 'status']]),
];

function plain(command: string): RegExp {
  return new RegExp(`git intercom ${command}\\b(?![-\\w ]*--|[ ]<)`, 'g');
}

type Rows = readonly (readonly [form: RegExp, call: string])[];

function called(tool: string, rows: Rows): ToolCall[] {
  return rows.map(([form, call]) => [tool, form, `the tool ${call}`]);
}

/** Where the sentence goes on as it is, and an argument has another name. */
function inPlace(tool: string, rows: Rows): ToolCall[] {
  return rows.map(([form, call]) => [tool, form, call]);
}
