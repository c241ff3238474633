/** Files and changes of a real work tree, as they go along with a message and come out at the other end. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { attachmentBytesMax } from '../../src/domain/limits.ts';
import { samples } from '../secrets/samples.ts';
import { doneBy, Place } from './place.ts';

class WorkTree extends Place {
  constructor() {
    super();
    this.git('config', 'user.name', 'Ada');
    this.git('config', 'user.email', 'ada@example.org');
    this.put('src/auth.ts', 'one\ntwo\nthree\n');
    this.commit();
  }

  put(path: string, content: string | Uint8Array): void {
    mkdirSync(join(this.dir, path, '..'), { recursive: true });
    writeFileSync(join(this.dir, path), content);
  }

  git(...args: readonly string[]): string {
    return execFileSync('git', ['-C', this.dir, ...args], { encoding: 'utf8', stdio: 'pipe' }).trim();
  }

  commit(): string {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--message=x');
    return this.git('rev-parse', 'HEAD');
  }

  send(what: { readonly attachments?: { path: string; from?: number; to?: number }[]; readonly patches?: string[] }) {
    return this.as('ada', 0, (ada) => ada.send({ to: ['ada'], text: 'look', ...what }));
  }

  /** What its reader gets. */
  async sent(what: Parameters<WorkTree['send']>[0]) {
    await this.as('ada', 0, (ada) => ada.status({ activity: 'here' }));
    doneBy(await this.send(what));
    const { messages } = doneBy(await this.as('ada', 1, (ada) => ada.peek({})));
    return messages[0]?.attachments ?? [];
  }
}

test('lines of a file come with the commit that they stand on, and say whether that has them so', async () => {
  const tree = new WorkTree();
  const commit = tree.git('rev-parse', 'HEAD');
  const attachments = [{ path: 'src/auth.ts', from: 2, to: 3 }];
  const pinned = { path: 'src/auth.ts', from: 2, to: 3, commit, language: 'ts' };
  expect(await tree.sent({ attachments })).toEqual([{ ...pinned, text: 'two\nthree' }]);
  tree.put('src/auth.ts', 'one\nTWO\nthree\n');
  expect(await tree.sent({ attachments })).toEqual([{ ...pinned, text: 'TWO\nthree', changed: true }]);
});

test('a file that was changed, or that the commit does not have, says so, and its own text counts', async () => {
  const tree = new WorkTree();
  tree.put('src/auth.ts', 'one\r\nTWO');
  tree.put('src/new.py', 'x = 1\n');
  expect(await tree.sent({ attachments: [{ path: 'src/auth.ts' }, { path: 'src/new.py' }] })).toMatchObject([
    { from: 1, to: 2, text: 'one\nTWO', changed: true },
    { from: 1, to: 1, text: 'x = 1', changed: true, language: 'python' },
  ]);
});

test('before the first commit there is nothing to stand on', async () => {
  const place = new Place();
  writeFileSync(join(place.dir, 'a.txt'), 'x\n');
  await place.as('ada', 0, (ada) => ada.status({ activity: 'here' }));
  const sent = await place.as('ada', 1, (ada) =>
    ada.send({ to: ['ada'], text: 'x', attachments: [{ path: 'a.txt' }] }),
  );
  expect(doneBy(sent).message.attachments).toMatchObject([{ text: 'x', changed: true }]);
  expect(doneBy(sent).message.attachments[0]).not.toHaveProperty('commit');
});

const flaws: Readonly<Record<string, (tree: WorkTree) => Parameters<WorkTree['send']>[0]>> = {
  'there is no such file': () => ({ attachments: [{ path: 'src/none.ts' }] }),
  'it is a folder': () => ({ attachments: [{ path: 'src' }] }),
  'it is not text': (tree) => {
    tree.put('x.png', Uint8Array.of(1, 0, 2));
    return { attachments: [{ path: 'x.png' }] };
  },
  'it is not UTF-8': (tree) => {
    tree.put('latin1.txt', Uint8Array.of(0xe4, 0x0a));
    return { attachments: [{ path: 'latin1.txt' }] };
  },
  'it leads out of the repository': (tree) => {
    symlinkSync('/etc/hosts', join(tree.dir, 'hosts'));
    return { attachments: [{ path: 'hosts' }] };
  },
  "it is one of git's own": (tree) => {
    symlinkSync('.git/config', join(tree.dir, 'config'));
    return { attachments: [{ path: 'config' }] };
  },
  'it is no plain file': (tree) => {
    execFileSync('sh', ['-c', 'mkfifo pipe'], { cwd: tree.dir });
    return { attachments: [{ path: 'pipe' }] };
  },
  'nothing differs': () => ({ patches: [''] }),
  'git knows no range': () => ({ patches: ['none..HEAD'] }),
  'src/auth.ts is not UTF-8': (tree) => {
    tree.put('src/a.ts', 'plain\n');
    tree.put('src/auth.ts', Uint8Array.of(0xe4, 0x0a));
    return { patches: [''] };
  },
};

test.each(Object.entries(flaws))('refused, and nothing is recorded: %s', async (why, what) => {
  const tree = new WorkTree();
  await tree.as('ada', 0, (ada) => ada.status({ activity: 'here' }));
  const before = tree.git('rev-parse', 'intercom');
  const refusal = { code: 'bad-attachment', message: expect.stringContaining(`cannot be attached: ${why}`) };
  expect(await tree.send(what(tree))).toMatchObject({ status: 'refused', refusal });
  expect(tree.git('rev-parse', 'intercom')).toBe(before);
});

test('an option is no range, and a path above the repository is none in it', async () => {
  const tree = new WorkTree();
  await tree.as('ada', 0, (ada) => ada.status({ activity: 'here' }));
  for (const patches of [['--output=x..HEAD'], ['HEAD..--output=x']]) {
    expect(await tree.send({ patches })).toMatchObject({ refusal: { code: 'bad-attachment' } });
  }
  expect(await tree.send({ attachments: [{ path: '../x' }] })).toMatchObject({ refusal: { code: 'bad-attachment' } });
  expect(tree.git('status', '--porcelain')).toBe('');
});

test('what is too long to attach is refused with its size and the way on', async () => {
  const tree = new WorkTree();
  await tree.as('ada', 0, (ada) => ada.status({ activity: 'here' }));
  tree.put('src/auth.ts', `${'x'.repeat(80)}\n`.repeat(Math.ceil(attachmentBytesMax / 80)));
  const refusal = { code: 'too-large', data: { bytesMax: attachmentBytesMax } };
  expect(await tree.send({ attachments: [{ path: 'src/auth.ts' }] })).toMatchObject({ refusal });
  expect(await tree.send({ patches: [''] })).toMatchObject({ refusal });
});

test('a secret in a file or in a change is refused as in a text', async () => {
  const tree = new WorkTree();
  await tree.as('ada', 0, (ada) => ada.status({ activity: 'here' }));
  tree.put('src/auth.ts', `one\nconst key = '${samples['GitHub Token']}';\n`);
  const refusal = { code: 'secret-found', data: { secrets: [{ field: 'attachments.0.text', line: 2 }] } };
  expect(await tree.send({ attachments: [{ path: 'src/auth.ts' }] })).toMatchObject({ refusal });
  expect(await tree.send({ patches: [''] })).toMatchObject({ refusal: { code: 'secret-found' } });
});

test('a patch is applied by the real git, whatever the line ends and the configuration of a diff', async () => {
  const tree = new WorkTree();
  tree.put('crlf.txt', 'a\r\nb\r\n');
  tree.put('no end', 'x');
  tree.put('gone.ts', 'x\n');
  const base = tree.commit();
  for (const [key, value] of [
    ['diff.noprefix', 'true'],
    ['diff.mnemonicPrefix', 'true'],
    ['color.ui', 'always'],
    ['diff.external', 'false'],
    ['diff.renames', 'copies'],
  ]) {
    tree.git('config', key as string, value as string);
  }
  tree.put('crlf.txt', 'a\r\nB\u001b[31m\r\n');
  tree.put('no end', 'y');
  tree.put('src/auth.ts', 'one\n\u202etwo\nthree');
  tree.put('blob.bin', Uint8Array.of(0, 1, 2, 255));
  rmSync(join(tree.dir, 'gone.ts'));
  tree.git('add', '--intent-to-add', 'blob.bin');
  const [patch] = await tree.sent({ patches: [''] });
  expect(patch).toMatchObject({ kind: 'patch', commit: base, path: 'changes.patch', language: 'diff' });

  const other = new Place();
  execFileSync('git', ['-C', other.dir, 'fetch', '--quiet', tree.dir, 'HEAD']);
  execFileSync('git', ['-C', other.dir, 'checkout', '--quiet', 'FETCH_HEAD']);
  execFileSync('git', ['-C', other.dir, 'apply'], { input: patch?.text ?? '' });
  for (const file of ['crlf.txt', 'no end', 'src/auth.ts', 'blob.bin']) {
    expect(readFileSync(join(other.dir, file)), file).toEqual(readFileSync(join(tree.dir, file)));
  }
  expect(() => readFileSync(join(other.dir, 'gone.ts'))).toThrow('ENOENT');
});

test('files that git does not know yet are in a patch, and the index stays as it is', async () => {
  const tree = new WorkTree();
  tree.put('.gitignore', 'dist\n');
  tree.put('sub/keep.ts', 'x\n');
  tree.commit();
  tree.put('src/new file.ts', 'new\n');
  tree.put('src/ünï [1]*.bin', Uint8Array.of(0, 255));
  tree.put('src/empty.ts', '');
  tree.put('src/run.sh', '#!/bin/sh\n');
  tree.put('dist/out.js', 'ignored\n');
  execFileSync('chmod', ['755', join(tree.dir, 'src/run.sh')]);
  execFileSync('git', ['init', '--quiet', join(tree.dir, 'inner')]);
  tree.put('inner/a.ts', 'x\n');
  tree.put('src/auth.ts', 'one\n');
  tree.put('staged.ts', 'staged\n');
  tree.git('add', 'staged.ts');
  const index = readFileSync(join(tree.dir, '.git/index'));
  const status = tree.git('status', '--porcelain');
  const [whole, below] = await tree.sent({ patches: ['', 'src'] });
  expect(readFileSync(join(tree.dir, '.git/index'))).toEqual(index);
  expect(tree.git('status', '--porcelain')).toBe(status);
  expect(whole?.text).not.toMatch(/dist|inner/);
  expect(below?.text).not.toContain('staged.ts');

  const other = new Place();
  execFileSync('git', ['-C', other.dir, 'fetch', '--quiet', tree.dir, 'HEAD']);
  execFileSync('git', ['-C', other.dir, 'checkout', '--quiet', 'FETCH_HEAD']);
  execFileSync('git', ['-C', other.dir, 'apply'], { input: whole?.text ?? '' });
  for (const file of [
    'src/new file.ts',
    'src/ünï [1]*.bin',
    'src/empty.ts',
    'src/run.sh',
    'staged.ts',
    'src/auth.ts',
  ]) {
    expect(readFileSync(join(other.dir, file)), file).toEqual(readFileSync(join(tree.dir, file)));
  }
  expect(statSync(join(other.dir, 'src/run.sh')).mode & 0o111).not.toBe(0);
});

test('a patch may be of a path, of a range, and of what a branch has since it was begun', async () => {
  const tree = new WorkTree();
  const first = tree.git('rev-parse', 'HEAD');
  tree.put('src/b.ts', 'b\n');
  const second = tree.commit();
  tree.git('branch', 'other', first);
  tree.put('src/auth.ts', 'changed\n');
  tree.put('src/b.ts', 'changed\n');
  const [onPath, range, since] = await tree.sent({ patches: ['src/b.ts', `${first}..HEAD`, 'other...HEAD'] });
  expect(onPath).toMatchObject({ commit: second, text: expect.not.stringContaining('auth.ts') });
  expect(range).toMatchObject({ commit: first, text: expect.stringContaining('new file mode') });
  expect(since).toMatchObject({ commit: first, text: range?.text });
});

test('replies and asks take attachments, too', async () => {
  const tree = new WorkTree();
  const attachments = [{ path: 'src/auth.ts', from: 1, to: 1 }];
  await tree.as('bob', 0, (bob) => bob.status({ activity: 'here' }));
  await tree.as('ada', 0, (ada) => ada.ask({ to: 'bob', text: 'this?', attachments, waitSeconds: 0 }));
  const { messages } = doneBy(await tree.as('bob', 1, (bob) => bob.peek({})));
  expect(messages[0]?.attachments).toMatchObject([{ text: 'one' }]);
  const id = messages[0]?.id as string;
  const replied = await tree.as('bob', 2, (bob) => bob.reply({ id, text: 'that', attachments }));
  expect(doneBy(replied).message.attachments).toMatchObject([{ text: 'one' }]);
});
