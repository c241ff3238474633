/** `git intercom hook`, as Claude Code calls it: real processes on a real repository. */
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { context, GuardPlace, refusal } from './place.ts';

const heldPaths = (place: GuardPlace) =>
  place.command('eve', 'claims').json.claims.flatMap(({ paths }: { paths: string[] }) => paths);

describe('before an edit', () => {
  test('what another claims is refused, with holder, reason and the way on', () => {
    const place = new GuardPlace();
    place.command('bob', 'claim', 'src/a.ts', '--why', 'split login');
    expect(refusal(place.edit('src/a.ts'))).toMatch(/^intercom: src\/a\.ts is claimed by bob .*split login.*--wait/);
  });

  test('a free file is claimed by the first edit, a new one as well, and the second edit has nothing to say', () => {
    const place = new GuardPlace();
    for (const path of ['src/a.ts', 'src/new.ts']) {
      expect(place.edit(path)).toMatchObject({ json: undefined, stderr: '', code: 0 });
      expect(place.edit(path)).toMatchObject({ json: undefined, stderr: '', code: 0 });
    }
    expect(heldPaths(place).sort()).toEqual(['src/a.ts', 'src/new.ts']);
    expect(refusal(place.edit('src/new.ts', 's2'))).toContain('src/new.ts is claimed by');
  });

  test('subagents share the claims of their session', () => {
    const place = new GuardPlace();
    place.edit('src/a.ts');
    const tool_input = { file_path: join(place.repo, 'src/a.ts') };
    expect(place.hook('PreToolUse', { agent_id: 'sub', tool_name: 'Write', tool_input }).json).toBeUndefined();
  });

  test('a warning refuses once and lets the same edit through the second time', () => {
    const place = new GuardPlace();
    place.policy('guard: { edits: warn }\n');
    place.command('bob', 'claim', 'src/a.ts');
    expect(refusal(place.edit('src/a.ts'))).toContain('do the same once more');
    expect(place.edit('src/a.ts').json).toBeUndefined();
    expect(refusal(place.edit('src/a.ts', 's2'))).toContain('do the same once more');
  });

  test('what others look after is warned of once, by the process that answers quickly as by the other', () => {
    const place = new GuardPlace();
    place.policy('owners: [{ paths: [src], agents: [ada], why: frozen }]\n');
    expect(refusal(place.edit('src/a.ts'))).toContain('src/a.ts is in the care of ada: frozen');
    expect(place.edit('src/a.ts').json).toBeUndefined();
    expect(heldPaths(place)).toEqual(['src/a.ts']);
    place.hook('SessionStart', {}, {});
    place.policy('owners: [{ paths: [src/b.ts], agents: [eve] }]\nguard: { autoClaim: false }\n');
    for (let n = 0; n < 2; n++) place.edit('docs/x.md');
    expect(refusal(place.edit('src/b.ts'))).toContain('in the care of eve');
    expect(place.edit('src/b.ts').json).toBeUndefined();
  });

  test('ask leaves it to the person', () => {
    const place = new GuardPlace();
    place.policy('guard: { edits: ask }\n');
    place.command('bob', 'claim', 'src/a.ts');
    expect(place.edit('src/a.ts').json.hookSpecificOutput.permissionDecision).toBe('ask');
  });

  test('a link is what it leads to, and a linked worktree is the same repository', () => {
    const place = new GuardPlace();
    place.command('bob', 'claim', 'src/a.ts');
    symlinkSync(join(place.repo, 'src'), join(place.dir, 'elsewhere'));
    symlinkSync('a.ts', join(place.repo, 'src/link.ts'));
    place.git('worktree', 'add', '--quiet', join(place.dir, 'linked'));
    for (const path of [join(place.dir, 'elsewhere/a.ts'), 'src/link.ts', join(place.dir, 'linked/src/a.ts')]) {
      expect(refusal(place.edit(path)), path).toContain('src/a.ts is claimed by bob');
    }
  });

  test('a file of a submodule is below the path of the submodule', () => {
    const place = new GuardPlace();
    const library = join(place.dir, 'library');
    mkdirSync(library);
    place.git('-C', library, 'init', '--quiet');
    place.git('-C', library, 'commit', '--quiet', '--allow-empty', '--message=Begin');
    place.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', library, 'libs/sub');
    place.command('bob', 'claim', 'libs/sub');
    expect(refusal(place.edit('libs/sub/x.ts'))).toContain('libs/sub/x.ts is claimed by bob');
  });

  test('what is refused in a submodule is claimed nowhere', () => {
    const place = new GuardPlace();
    place.git('init', '--quiet', '--template=', 'nested');
    place.command('bob', '-C', 'nested', 'claim', 'x.ts');
    const several = { command: `*** Update File: ${place.repo}/nested/x.ts\n*** Update File: ${place.repo}/src/b.ts` };
    expect(refusal(place.hook('PreToolUse', { tool_name: 'Edit', tool_input: several }))).toContain('bob');
    expect(place.command('eve', 'claims').json.claims).toEqual([]);
  });

  test('relative paths are from where the session is', () => {
    const place = new GuardPlace();
    place.command('bob', 'claim', 'src/a.ts');
    const input = { cwd: join(place.repo, 'src'), tool_name: 'Edit', tool_input: { file_path: 'a.ts' } };
    expect(refusal(place.hook('PreToolUse', input))).toContain('src/a.ts is claimed by bob');
  });

  test('where nobody opened coordination nothing is said and nothing is made', () => {
    const place = new GuardPlace();
    place.git('update-ref', '-d', 'refs/heads/intercom');
    expect(place.edit('src/a.ts')).toMatchObject({ json: undefined, stderr: '', code: 0 });
    expect(place.git('for-each-ref', 'refs/heads/intercom')).toBe('');
  });
});

describe('around a shell command', () => {
  test('a command that would write what another claims is refused before it runs', () => {
    const place = new GuardPlace();
    place.command('bob', 'claim', 'src/a.ts');
    for (const command of ['sed -i s/x/y/ src/a.ts', 'cd src && rm a.ts', 'git checkout -- src/a.ts', 'rm src/*.ts']) {
      expect(refusal(place.shell(command)), command).toContain('src/a.ts is claimed by bob');
    }
    expect(place.shell('cat src/a.ts | grep x > src/b.ts').json).toBeUndefined();
  });

  test('a file is copied beside what another claims, and not onto it', () => {
    const place = new GuardPlace();
    place.command('bob', 'claim', 'src/a.ts');
    expect(place.shell('cp /tmp/new.ts src').json).toBeUndefined();
    expect(refusal(place.shell('cp /tmp/a.ts src'))).toContain('src/a.ts is claimed by bob');
  });

  test('a pattern of names does not reach into a file', () => {
    const place = new GuardPlace();
    place.command('bob', 'claim', 'src/a.ts', 'src/new.ts');
    for (const command of ["find . -name '*.pyc' -delete", 'rm src/*.js']) {
      expect(place.shell(command).json, command).toBeUndefined();
    }
    expect(refusal(place.shell("find . -name '*.ts' -delete"))).toContain('src/a.ts is claimed by bob');
    expect(refusal(place.shell('rm src/n*'))).toContain('src/new.ts is claimed by bob');
  });

  test('a folder with brackets that stands there is meant as it is called, also by a pattern below it', () => {
    const place = new GuardPlace();
    place.put('src/[id]/page.tsx', 'export {};\n');
    place.command('bob', 'claim', 'src/[id]/**');
    expect(refusal(place.edit('src/[id]/page.tsx'))).toContain('src/[id]/page.tsx is claimed by bob');
    for (const command of ["rm 'src/[id]/'*", 'echo x > src/[id]/new.tsx']) {
      expect(refusal(place.shell(command)), command).toContain('is claimed by bob');
    }
  });

  test('a command that would throw away what another has changed here is refused', () => {
    const place = new GuardPlace();
    place.command('bob', 'claim', 'src/a.ts');
    expect(place.shell('git stash').json).toBeUndefined();
    place.put('src/a.ts', 'changed by bob\n');
    expect(refusal(place.shell('git stash'))).toContain('src/a.ts is claimed by bob');
    expect(refusal(place.shell('git reset --hard'))).toContain('src/a.ts is claimed by bob');
    expect(refusal(place.shell('git checkout src/a.ts'))).toContain('src/a.ts is claimed by bob');
    expect(refusal(place.shell('git stash -- src'))).toContain('src/a.ts is claimed by bob');
    expect(place.shell('git stash -- src/b.ts').json).toBeUndefined();
  });

  test('what a quick command changed is told, however late the hook comes to look', () => {
    const place = new GuardPlace();
    place.command('bob', 'claim', 'src/a.ts');
    place.shell('python3 x.py');
    place.put('src/a.ts', 'changed');
    const noted = join(place.repo, '.git/intercom/shell');
    const [agent = ''] = readdirSync(noted);
    // A machine with much else to do: all of that was ten seconds ago.
    const second = Math.floor(Date.now() / 1000);
    utimesSync(join(noted, agent), second - 11, second - 11);
    utimesSync(join(place.repo, 'src/a.ts'), second - 10, second - 10);
    expect(context(place.shell('python3 x.py', 'PostToolUse', 20))).toContain(
      'src/a.ts changed while your command ran',
    );
  });

  test('what changed while it ran, and another claims, is told afterwards', () => {
    const place = new GuardPlace();
    place.command('bob', 'claim', 'src/a.ts');
    expect(place.shell('python3 x.py', 'PostToolUse').json).toBeUndefined();
    place.put('src/a.ts', 'changed\n');
    expect(context(place.shell('python3 x.py', 'PostToolUse'))).toContain('src/a.ts changed while your command ran');
  });
});

describe('mail', () => {
  test('comes once, with the next step, and its sender sees that it was delivered', () => {
    const place = new GuardPlace();
    place.edit('src/a.ts');
    const [{ agent }] = place.command('eve', 'claims').json.claims;
    const { message } = place.command('bob', 'send', agent, 'are you there?').json;
    expect(context(place.hook('PostToolBatch', {}))).toContain('are you there?');
    expect(place.hook('PostToolBatch', {}).json).toBeUndefined();
    expect(place.command('bob', 'receipts', message.id).json.delivered).toMatchObject([{ agent }]);
  });

  test('a quiet message waits for the next prompt', () => {
    const place = new GuardPlace();
    place.edit('src/a.ts');
    place.command('bob', 'send', 'all', 'fyi', '--importance', 'low');
    expect(place.hook('PostToolBatch', {}).json).toBeUndefined();
    expect(context(place.hook('UserPromptSubmit', { prompt: 'go on' }))).toContain('fyi');
  });

  test('what came too late for the last step begins another one, once', () => {
    const place = new GuardPlace();
    place.edit('src/a.ts');
    place.command('bob', 'send', 'all', 'one');
    expect(place.hook('Stop', { stop_hook_active: false }).json).toMatchObject({ decision: 'block' });
    place.command('bob', 'send', 'all', 'two');
    expect(place.hook('Stop', { stop_hook_active: true }).json).toBeUndefined();
  });
});

describe('the ends of a session', () => {
  test('at its start it is told its name and who holds what; at its end the claims of its first edits go', () => {
    const place = new GuardPlace();
    place.command('bob', 'claim', 'src/a.ts');
    const told = context(place.hook('SessionStart', { source: 'startup' })) ?? '';
    const [, name] = /you are (\S+) in this repository/.exec(told) ?? [];
    expect(told).toContain('- bob holds src/a.ts');
    place.edit('src/b.ts');
    place.command({ INTERCOM_AGENT: '', CLAUDE_CODE_SESSION_ID: 's1' }, 'claim', 'docs');
    expect(heldPaths(place).sort()).toEqual(['docs', 'src/a.ts', 'src/b.ts']);
    place.hook('SessionEnd', { reason: 'other' });
    expect(heldPaths(place).sort()).toEqual(['docs', 'src/a.ts']);
    const { agents } = place.command('eve', 'who', '--all').json;
    expect(agents.find((agent: { name: string }) => agent.name === name)).toMatchObject({ live: false });
  });
});

describe('a broken guard', () => {
  test('stops nothing: a corrupt projection, a damaged branch, a policy that cannot be read', () => {
    const place = new GuardPlace();
    place.command('bob', 'claim', 'src/a.ts');
    writeFileSync(join(place.repo, '.git/intercom/projection/claims/s-src'), '\u0000torn');
    expect(refusal(place.edit('src/a.ts'))).toContain('bob');
    place.policy('guard: [\n');
    const broken = place.edit('src/a.ts');
    expect(broken).toMatchObject({
      code: 0,
      json: { systemMessage: expect.stringContaining('the guard failed and stops nothing') },
    });
    expect(refusal(broken)).toBeUndefined();
    rmSync(join(place.repo, '.intercom/config.yaml'));
    writeFileSync(join(place.repo, '.git/refs/heads/intercom'), `${'0'.repeat(39)}1\n`);
    expect(refusal(place.edit('src/a.ts'))).toBeUndefined();
  });

  test('names the lock that another git left behind, before the harness gives up waiting', () => {
    const place = new GuardPlace();
    place.command('bob', 'claim', 'src/a.ts');
    writeFileSync(join(place.repo, '.git/refs/heads/intercom.lock'), '');
    expect(place.edit('src/b.ts').json).toEqual({
      systemMessage: expect.stringContaining('stops nothing: Another git holds refs/heads/intercom: '),
    });
  });

  test('stops an edit where the policy wants it so', () => {
    const place = new GuardPlace();
    place.policy('guard: { broken: refuse }\n');
    writeFileSync(join(place.repo, '.git/refs/heads/intercom'), `${'0'.repeat(39)}1\n`);
    rmSync(join(place.repo, '.git/intercom'), { recursive: true });
    expect(refusal(place.edit('src/a.ts'))).toContain('the policy lets nothing through');
  });

  test('input that is no JSON, an event nobody knows and INTERCOM_SKIP=1 are let through in silence', () => {
    const place = new GuardPlace();
    place.command('bob', 'claim', 'src/a.ts');
    expect(place.hook('Whatever', {})).toMatchObject({ json: undefined, stderr: '', code: 0 });
    expect(place.hook('PreToolUse', { tool_name: 7, tool_input: null })).toMatchObject({ json: undefined, code: 0 });
    const tool_input = { file_path: join(place.repo, 'src/a.ts') };
    const skipped = place.hook('PreToolUse', { tool_name: 'Edit', tool_input }, { INTERCOM_SKIP: '1' });
    expect(skipped).toMatchObject({ json: undefined, code: 0 });
  });
});

test("the user's files are left as they are", () => {
  const place = new GuardPlace();
  place.git('add', '.intercom');
  place.git('commit', '--quiet', '--message=Policy');
  place.edit('src/a.ts');
  place.shell('git stash', 'PostToolUse');
  expect(place.git('status', '--porcelain')).toBe('');
  expect(readFileSync(join(place.repo, 'src/a.ts'), 'utf8')).toBe('export {};\n');
});
