/** Which files a command line writes, as far as it can be read without running it. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { shellWrites } from '../../src/harness/shell/writes.ts';

test.each<[line: string, ...paths: string[]]>([
  // redirections
  ['echo x > a.ts', 'a.ts'],
  ['echo x >> a.ts', 'a.ts'],
  ['echo x>a.ts', 'a.ts'],
  ['echo x >| a.ts', 'a.ts'],
  ['make &> build.log', 'build.log'],
  ['make > out.log 2> err.log', 'out.log', 'err.log'],
  ['make > out.log 2>&1', 'out.log'],
  ['echo x > "a b.ts"', 'a b.ts'],
  ["echo x > 'a$b.ts'", 'a$b.ts'],
  ['cat < a.ts > b.ts', 'b.ts'],
  ['grep -c x a.ts > /dev/null'],
  ['echo "a > b.ts"'],
  ['test 1 -gt 0 && echo x > a.ts', 'a.ts'],
  ['(cd src; echo x) > a.ts', 'a.ts'],
  ['rm a.ts 2> err.log', 'a.ts', 'err.log'],
  ['echo x >&2'],
  // from other folders
  ['cd src && echo x > a.ts', 'src/a.ts'],
  ['cd src && cd .. && rm a.ts', 'a.ts'],
  ['cd /other && rm a.ts', '/other/a.ts'],
  ['rm /abs/a.ts', '/abs/a.ts'],
  ['rm ~/a.ts'],
  ['(cd src && rm a.ts); rm b.ts', 'src/a.ts', 'b.ts'],
  ['cd $DIR && rm a.ts && rm /abs/b.ts', '/abs/b.ts'],
  ['cd && rm a.ts'],
  ['cd ~/x && rm a.ts'],
  ['cd src && cd - && rm a.ts'],
  ['cd -- src && rm a.ts', 'src/a.ts'],
  // commands
  ['rm a.ts', 'a.ts'],
  ['rm -rf src build', 'src', 'build'],
  ['rm -- -a.ts', '-a.ts'],
  ['unlink a.ts', 'a.ts'],
  ['mv a.ts b.ts', 'a.ts', 'b.ts'],
  ['mv a.ts b.ts lib/', 'a.ts', 'b.ts', 'lib/a.ts', 'lib/b.ts'],
  ['cp a.ts b.ts', 'b.ts'],
  ['cp a.ts b.ts lib', 'lib/a.ts', 'lib/b.ts'],
  ['cp src/a.ts lib/', 'lib/a.ts'],
  ['ln -sf a.ts b.ts', 'b.ts'],
  ['install -m 644 a.ts b.ts', 'b.ts'],
  ['touch a.ts b.ts', 'a.ts', 'b.ts'],
  ['truncate -s 0 a.ts', 'a.ts'],
  ['echo x | tee a.ts', 'a.ts'],
  ['echo x | tee -a a.ts b.ts > /dev/null', 'a.ts', 'b.ts'],
  ['dd if=/dev/zero of=a.bin bs=1', 'a.bin'],
  ['patch a.ts change.diff', 'a.ts'],
  ['sed -i s/a/b/ a.ts b.ts', 'a.ts', 'b.ts'],
  ["sed -i '' s/a/b/ a.ts", 'a.ts'],
  ['sed -i.bak s/a/b/ a.ts', 'a.ts'],
  ['sed -i -e s/a/b/ -e s/c/d/ a.ts', 'a.ts'],
  ['sed -ni 1p a.ts', 'a.ts'],
  ['sed --in-place s/a/b/ a.ts', 'a.ts'],
  ['sed s/a/b/ a.ts'],
  ['sed -n 1p a.ts'],
  ['perl -pi -e s/a/b/ a.ts', 'a.ts'],
  ['perl -i -pe s/a/b/ a.ts', 'a.ts'],
  ['perl -ne print a.ts'],
  ['sed -i s/a/b/ src/*.ts', 'src/*.ts'],
  // before the command
  ['sudo rm a.ts', 'a.ts'],
  ['FORCE=1 rm a.ts', 'a.ts'],
  ['env A=1 rm a.ts', 'a.ts'],
  ['/bin/rm a.ts', 'a.ts'],
  ['command rm a.ts', 'a.ts'],
  ['timeout 5s rm a.ts', 'a.ts'],
  ['bash -c "rm a.ts"', 'a.ts'],
  ["cd src && sh -c 'cd lib; rm a.ts'", 'src/lib/a.ts'],
  ['if rm a.ts; then ls; fi', 'a.ts'],
  ['if true; then rm a.ts; fi', 'a.ts'],
  ['for f in 1 2; do rm a.ts; done', 'a.ts'],
  ['ls && rm a.ts || rm b.ts; rm c.ts & rm d.ts', 'a.ts', 'b.ts', 'c.ts', 'd.ts'],
  ['rm a.ts\nrm b.ts', 'a.ts', 'b.ts'],
  ['rm a.ts \\\n  b.ts', 'a.ts', 'b.ts'],
  // git
  ['git rm a.ts', 'a.ts'],
  ['git rm --cached a.ts'],
  ['git mv a.ts b.ts', 'a.ts', 'b.ts'],
  ['git checkout -- a.ts', 'a.ts'],
  ['git checkout HEAD~1 -- a.ts b.ts', 'a.ts', 'b.ts'],
  ['git switch topic'],
  ['git restore a.ts', 'a.ts'],
  ['git restore --source HEAD~1 a.ts', 'a.ts'],
  ['git restore --staged a.ts'],
  ['git -C src checkout -- a.ts', 'src/a.ts'],
  ['git add a.ts'],
  ['git commit -am "rm a.ts"'],
  ['git commit -m "one\nrm a.ts\necho > b.ts"'],
  ["git commit -m 'it is > than\nthat' && rm a.ts", 'a.ts'],
  ["# don't\nrm a.ts", 'a.ts'],
  ["echo don't\nrm a.ts", 'a.ts'],
  ['git checkout HEAD~1 a.ts', 'HEAD~1', 'a.ts'],
  ['git checkout --theirs a.ts', 'a.ts'],
  ['git checkout -b topic'],
  ['git restore -S a.ts'],
  ['git restore -SW a.ts', 'a.ts'],
  // a folder of the target
  ['cp -t lib a.ts b.ts', 'lib/a.ts', 'lib/b.ts'],
  ['mv --target-directory=lib src/a.ts', 'lib/a.ts', 'src/a.ts'],
  ['mv --target-directory lib src/a.ts', 'lib/a.ts', 'src/a.ts'],
  ['cp a.ts b.ts "$DIR"'],
  ['mv a.ts b.ts "$DIR"', 'a.ts', 'b.ts'],
  // input is only read
  ['rm a.ts < list', 'a.ts'],
  ['tee a.ts < b.ts', 'a.ts'],
  ['patch -p1 < change.diff'],
  ['[[ a > b.ts ]] && rm a.ts', 'a.ts'],
  // options of what stands before the command
  ['sudo -u ada rm a.ts', 'a.ts'],
  ['nice -n 5 rm a.ts', 'a.ts'],
  ['timeout -s KILL 5 rm a.ts', 'a.ts'],
  ['env -i -u X A=1 rm a.ts', 'a.ts'],
  ['xargs -n 1 rm a.ts', 'a.ts'],
  ['ls | xargs -I{} mv {} a.ts', 'a.ts'],
  ['while rm a.ts; do ls; done', 'a.ts'],
  ['pushd src && rm a.ts; popd; rm b.ts', 'src/a.ts'],
  ["perl -0pi -e 's/a/b/' a.ts", 'a.ts'],
  ["perl -0777 -i -pe 's/a/b/' a.ts", 'a.ts'],
  ['gsed -i s/a/b/ a.ts', 'a.ts'],
  // variables that the line itself says
  ['for f in a.ts b.ts; do sed -i s/a/b/ "$f"; done', 'a.ts', 'b.ts'],
  ['for f in a b\ndo\n  rm $f.ts\ndone', 'a.ts', 'b.ts'],
  ['for f in src/*.ts; do rm "$f"; done', 'src/*.ts'],
  ['for f in $LIST; do rm "$f"; done'],
  ['F=a.ts; rm $F "$F.bak"', 'a.ts', 'a.ts.bak'],
  ['export D=src && echo x > $D/a.ts', 'src/a.ts'],
  ['F=$(ls); rm $F'],
  ['A=$B rm a.ts', 'a.ts'],
  ['dd if=x of=$OUT'],
  ['rm `cat list`'],
  ['F=a.ts; F=$(ls); rm $F'],
  ['cd src && rm $PWD/a.ts "$PWD/b.ts"', 'src/a.ts', 'src/b.ts'],
  // find
  ["find src -name '*.ts' -delete", 'src/**/*.ts'],
  ["find . -type f -name '*.ts' -exec sed -i s/a/b/ {} +", '**/*.ts'],
  ['find src lib \\( -name a.ts -o -name b.ts \\) -exec rm -f {} \\;'].concat([
    'src/**/a.ts',
    'src/**/b.ts',
    'lib/**/a.ts',
    'lib/**/b.ts',
  ]) as [string, ...string[]],
  ['find src -type f -delete', 'src'],
  ['find src -exec mv {} {}.bak \\;', 'src', 'src.bak'],
  ["find . -name '*.ts' -exec grep x {} +"],
  ['find . -type d -empty -delete'],
  ["find . ! -name '*.ts' -delete"],
  ["find src -name '*.ts'"],
  // what cannot be known
  ['rm $FILE'],
  ['rm "$(cat list)"'],
  ['echo x > $OUT'],
  ['node build.js'],
  ['xargs rm < list'],
  ['ls'],
  [''],
])('%j', (line, ...paths) => {
  const { paths: found, sweeps } = shellWrites(line);
  expect({ paths: [...found].sort(), sweeps }).toEqual({ paths: [...paths].sort(), sweeps: [] });
});

test.each<[line: string, ...folders: string[]]>([
  ['git reset --hard', '.'],
  ['git reset --hard origin/main', '.'],
  ['git reset HEAD~1'],
  ['git checkout .', './'],
  ['git checkout -f topic', '.'],
  ['git switch --discard-changes topic', '.'],
  ['git restore .', './'],
  ['git stash', '.'],
  ['git checkout topic', 'topic'],
  ['git checkout src/a.ts', 'src/a.ts'],
  ['git stash -- src', 'src'],
  ['git stash push -m x src/a.ts', 'src/a.ts'],
  ['git stash -u -- src lib', 'src', 'lib'],
  ['git stash drop'],
  ['git clean -fd src', 'src'],
  ['git clean -fdn'],
  ['git stash push -m x', '.'],
  ['git stash pop'],
  ['git stash list'],
  ['git clean -fd', '.'],
  ['git clean -n'],
  ['cd src && git clean -f', 'src'],
  ['git -C lib reset --hard', 'lib'],
  ['git restore src/', 'src/'],
])('%j throws away what is changed in %j', (line, ...folders) => {
  const normal = folders.map((folder) => folder.replace(/^\.\/$/, '.'));
  expect(shellWrites(line).sweeps.map((folder) => folder.replace(/^\.\/$/, '.'))).toEqual(normal);
});

const diff = '--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1 +1 @@\n--- x\n+y\nrename from b.ts\n--- /dev/null\n+++ b/c.ts';

test.each<[line: string, ...paths: string[]]>([
  [`git apply <<'END'\n${diff}\nEND`, 'b.ts', 'c.ts', 'src/a.ts'],
  [`cd x && patch -p1 <<'END'\n${diff}\nEND`, 'x/b.ts', 'x/c.ts', 'x/src/a.ts'],
  [`git apply --check <<'END'\n${diff}\nEND`],
  [`cat <<'END'\n${diff}\nEND`],
  ["apply_patch <<'END'\n*** Begin Patch\n*** Update File: a.ts\n@@\n-1\n+2\n*** End Patch\nEND", 'a.ts'],
  ["apply_patch '*** Begin Patch\n*** Delete File: a.ts\n*** End Patch'", 'a.ts'],
])('a patch that stands in the line: %j', (line, ...paths) => {
  expect([...shellWrites(line).paths].sort()).toEqual(paths);
});

test.each<[line: string, ...paths: string[]]>([
  ['cp a.ts src', 'src/a.ts'],
  ['mv lib/a.ts src', 'lib/a.ts', 'src/a.ts'],
  ['git mv lib/a.ts src', 'lib/a.ts', 'src/a.ts'],
  ['git -C x mv a.ts src', 'x/a.ts', 'x/src'],
  ['cd lib && cp a.ts ../src', 'src/a.ts'],
  ["bash -c 'cp a.ts src'", 'src/a.ts'],
  ['cp a.ts src.ts', 'src.ts'],
])('%j writes into the folder that is there', (line, ...paths) => {
  expect([...shellWrites(line, (path) => path === 'src').paths].sort()).toEqual([...paths].sort());
});

test.each([
  ['cat > a.ts <<\\END\nrm b.ts\nEND', ['a.ts']],
  ["cat > a.ts <<'END'\nrm b.ts\necho x > c.ts\nEND\nrm d.ts", ['a.ts', 'd.ts']],
  ['cat <<END > a.ts\nrm b.ts\nEND', ['a.ts']],
  ['cat <<-END > a.ts\n\trm b.ts\n\tEND\nrm c.ts', ['a.ts', 'c.ts']],
  ['cat <<A <<B > a.ts\nrm b.ts\nA\nrm c.ts\nB\nrm d.ts', ['a.ts', 'd.ts']],
  ['grep x <<< "rm b.ts"\nrm a.ts', ['a.ts']],
  ['git commit -m "$(cat <<\'END\'\nSay "no" > don\'t\nrm b.ts\nEND\n)" && rm a.ts', ['a.ts']],
  ['echo "shift <<END left"\nrm a.ts', ['a.ts']],
])('what stands in a heredoc is data: %j', (line, paths) => {
  expect(shellWrites(line).paths).toEqual(paths);
});

test.each(['__proto__', 'constructor', 'toString x'])('a command may be called %s', (line) => {
  expect(shellWrites(line)).toEqual({ paths: [], sweeps: [] });
});

test('any text can be read', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom('rm', 'git', 'sed -i', '>', '>>', '<<', 'END', '\n', '&&', ';', '|', '(', ')', '"', "'", '`', '$('),
    fc.constantFrom('mv', 'cd', '..', '-C', '--', '$x', '${', '\\', '#', '*', '{a,b}', '<(', '2>&1', 'checkout'),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const { paths, sweeps } = shellWrites(pieces.join(' '));
      expect([...paths, ...sweeps].every((path) => typeof path === 'string' && path !== '')).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

const plain = fc.stringMatching(/^[a-z]{1,6}\.ts$/);
const before = fc.constantFrom(
  '',
  'cat a b | ',
  'ls && ',
  'if true; then ',
  'X=1 ',
  'sleep 1 & ',
  "echo 'it > is' && ",
);
const command = fc.constantFrom('echo x', 'cat "y z"', "printf '%s' a", 'sort -u', 'git log -1', 'node -e "1 > 0"');
const arrow = fc.constantFrom(' > ', '>', ' >> ', ' 2> ', ' &> ', ' >| ');
const after = fc.constantFrom('', ' 2>&1', ' && ls', '; ls', ' | cat', '\nls', ' # done', ' &');

test('a redirection into a plain name is always found', () => {
  fc.assert(
    fc.property(before, command, arrow, plain, after, (start, words, to, name, rest) => {
      expect(shellWrites(`${start}${words}${to}${name}${rest}`).paths).toContain(name);
    }),
    { numRuns: 1000 },
  );
});

test('lines of a heredoc never count, whatever they are', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('rm b.ts', 'echo > b.ts', 'x', '', '"', "'", '<<X', '$(', 'mv b.ts c.ts')),
      (lines) => {
        const text = ["cat > a.ts <<'OVER'", ...lines, 'OVER', 'rm d.ts'].join('\n');
        expect(shellWrites(text).paths).toEqual(['a.ts', 'd.ts']);
      },
    ),
  );
});
