/** The `sh` gate before hooks: it is silent where node would be, and starts nothing. */
import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { root } from '../tooling/sources.ts';
import { GuardPlace } from './place.ts';

const bin = join(root, 'dist/bin.cjs');

class GatedPlace extends GuardPlace {
  readonly launcher = join(this.dir, 'launcher');

  constructor() {
    super();
    const text = readFileSync(`${root}hooks/launcher.sh`, 'utf8');
    writeFileSync(this.launcher, text.replace('@NODE@', process.execPath).replace('@PROGRAM@', bin));
    chmodSync(this.launcher, 0o755);
    this.hook('SessionStart', {});
  }

  /** Through the gate; `isAsked` is whether it asked node. */
  gated(event: string, input: Record<string, unknown>, program = bin, harness = 'claude-code') {
    const launcher = program === bin ? this.launcher : `${this.launcher}-other`;
    if (program !== bin) {
      writeFileSync(launcher, readFileSync(this.launcher, 'utf8').replace(bin, program), { mode: 0o755 });
    }
    const text = JSON.stringify({ session_id: 's1', cwd: this.repo, ...input });
    const { stdout, status } = spawnSync(launcher, ['hook', harness, event], {
      cwd: this.dir,
      env: this.env({ CLAUDE_PID: String(process.pid) }),
      encoding: 'utf8',
      input: `${text}\n`,
    });
    return { stdout, status };
  }

  /** Whether the gate alone has the answer: what stands in node's place says that it was asked. */
  isSilent(event: string, input: Record<string, unknown>, harness?: string): boolean {
    const witness = join(this.dir, 'witness.cjs');
    writeFileSync(witness, 'process.stdout.write("asked");');
    return this.gated(event, input, witness, harness).stdout !== 'asked';
  }

  editInput(path: string) {
    return { tool_name: 'Edit', tool_input: { file_path: join(this.repo, path), old_string: 'a', new_string: 'b' } };
  }
}

describe('an edit of an own file', () => {
  test('is let through by the gate alone, once node has looked', () => {
    const place = new GatedPlace();
    const input = place.editInput('src/a.ts');
    expect(place.isSilent('PreToolUse', input)).toBe(false);
    place.gated('PreToolUse', input); // claims
    place.gated('PreToolUse', input); // looks
    expect(place.isSilent('PreToolUse', input)).toBe(true);
  });

  test.each([
    ['somebody claims something near', (place: GatedPlace) => void place.command('bob', 'claim', 'src/b.ts')],
    ['somebody claims with a wildcard in front', (place: GatedPlace) => void place.command('bob', 'claim', '**/*.css')],
    ['a renewal is due', (place: GatedPlace) => utimesSync(join(gateOf(place), 'until'), 1, 1)],
    ['the projection is behind', (place: GatedPlace) => place.put('.git/refs/heads/intercom', `${'1'.repeat(40)}\n`)],
    [
      'the projection was written before the machine started',
      (place: GatedPlace) => place.put('.git/intercom/projection/stamp', stampOfOldBoot(place)),
    ],
  ])('is asked of node again when %s', (_, happen) => {
    const place = new GatedPlace();
    const input = place.editInput('src/a.ts');
    for (let n = 0; n < 2; n++) place.gated('PreToolUse', input);
    expect(place.isSilent('PreToolUse', input)).toBe(true);
    happen(place);
    expect(place.isSilent('PreToolUse', input)).toBe(false);
  });

  test('is not asked of node when others claim in other folders, or send messages', () => {
    const place = new GatedPlace();
    const input = place.editInput('src/a.ts');
    for (let n = 0; n < 2; n++) place.gated('PreToolUse', input);
    place.command('bob', 'claim', 'docs');
    place.command('bob', 'send', 'all', 'hello');
    expect(place.isSilent('PreToolUse', input)).toBe(true);
  });
});

test.each([
  ['gemini', 'BeforeTool', 'AfterTool', { tool_name: 'write_file' }],
  ['cursor', 'preToolUse', 'postToolUse', { tool_name: 'Write', session_id: undefined, conversation_id: 'c1' }],
])('%s tells its session to hooks alone, and has a gate as well', (harness, before, after, fields) => {
  const place = new GatedPlace();
  const edit = { ...place.editInput('src/a.ts'), ...fields };
  for (let n = 0; n < 2; n++) place.gated(before, edit, bin, harness);
  expect(place.isSilent(before, edit, harness)).toBe(true);
  for (let n = 0; n < 2; n++) place.gated(after, fields, bin, harness);
  expect(place.isSilent(after, fields, harness)).toBe(true);
  place.command('bob', 'claim', 'src/b.ts');
  expect(place.isSilent(before, edit, harness)).toBe(false);
});

test('between steps mail is heard of that comes after the session took another name', () => {
  const place = new GatedPlace();
  const { name } = place.command('bob', 'who').json.agents.find(({ harness }: { harness: string }) => harness);
  place.gated('PostToolUse', {});
  expect(place.isSilent('PostToolUse', {})).toBe(true);
  expect(place.command(name, 'status', '--name', 'night-owl').code).toBe(0);
  place.command('bob', 'send', 'night-owl', 'for the owl');
  expect(place.isSilent('PostToolUse', {})).toBe(false);
  expect(place.gated('PostToolUse', {}).stdout).toContain('for the owl');
  place.gated('PostToolUse', {});
  expect(place.isSilent('PostToolUse', {})).toBe(true);
  place.command('bob', 'send', name, 'and again');
  expect(place.isSilent('PostToolUse', {})).toBe(false);
});

test('between steps the gate is silent until mail comes', () => {
  const place = new GatedPlace();
  place.gated('PostToolUse', { tool_name: 'Edit' });
  expect(place.isSilent('PostToolUse', { tool_name: 'Edit' })).toBe(true);
  place.command('bob', 'send', 'all', 'are you there?');
  expect(place.gated('PostToolUse', { tool_name: 'Edit' }).stdout).toContain('are you there?');
  place.gated('PostToolUse', { tool_name: 'Edit' });
  expect(place.isSilent('PostToolUse', { tool_name: 'Edit' })).toBe(true);
});

test('where coordination was never opened the gate is silent', () => {
  const place = new GatedPlace();
  place.git('update-ref', '-d', 'refs/heads/intercom');
  for (const path of ['.git/intercom', '.intercom']) spawnSync('rm', ['-rf', join(place.repo, path)]);
  expect(place.isSilent('PreToolUse', place.editInput('src/a.ts'))).toBe(true);
});

test.each([
  ['an escape', { tool_input: { file_path: '/x/"y' } }],
  ['two paths', { tool_input: { file_path: '/a', edits: [{ file_path: '/b' }] } }],
  ['a path that goes up', { tool_input: { file_path: '/a/../b' } }],
  ['a session that no file can be called', { session_id: '../s', tool_input: { file_path: '/a' } }],
  ['a shell command', { tool_name: 'Bash', tool_input: { command: 'ls' } }],
])('what is not plain is asked of node: %s', (_, input) => {
  expect(new GatedPlace().isSilent('PreToolUse', input)).toBe(false);
});

test('without the program the gate lets everything through, and says so', () => {
  const place = new GatedPlace();
  place.command('bob', 'claim', 'src/a.ts');
  const { stdout, status } = place.gated('PreToolUse', place.editInput('src/a.ts'), join(place.dir, 'gone.cjs'));
  expect({ said: JSON.parse(stdout), status }).toEqual({
    said: { systemMessage: expect.stringContaining('nothing is guarded') },
    status: 0,
  });
});

test('whatever happened before, the gate lets no edit through that another claims', () => {
  const path = fc.constantFrom('src/a.ts', 'src/b.ts', 'docs/c.md');
  const step = fc.oneof(
    fc.record({ act: fc.constant('edit' as const), path }),
    fc.record({ act: fc.constant('claim' as const), path }),
    fc.record({ act: fc.constant('release' as const), path }),
  );
  fc.assert(
    fc.property(fc.array(step, { minLength: 3, maxLength: 8 }), (steps) => {
      const place = new GatedPlace();
      for (const { act, path: at } of steps) {
        if (act !== 'edit') place.command('bob', act, at);
        else {
          const [held] = place.command('eve', 'claims', '--path', at).json.claims;
          const { stdout } = place.gated('PreToolUse', place.editInput(at));
          expect(stdout.includes('"deny"'), `${at} of ${held?.agent}`).toBe(held?.agent === 'bob');
        }
      }
    }),
    { numRuns: 6 },
  );
});

function gateOf(place: GatedPlace): string {
  return join(place.repo, '.git/intercom/gate/claude-code-s1');
}

function stampOfOldBoot(place: GatedPlace): string {
  const words = readFileSync(join(place.repo, '.git/intercom/projection/stamp'), 'utf8').trimEnd().split(' ');
  return `${[...words.slice(0, 3), 'another-boot', ...words.slice(4)].join(' ')}\n`;
}
