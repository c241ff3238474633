/** What a file is written in, by its name: the word that stands behind the fence of a block in markdown. */

const byEnding: Readonly<Record<string, string>> = {
  ...{ js: 'js', mjs: 'js', cjs: 'js', jsx: 'jsx', ts: 'ts', mts: 'ts', cts: 'ts', tsx: 'tsx', vue: 'vue' },
  ...{ py: 'python', rb: 'ruby', rs: 'rust', go: 'go', java: 'java', kt: 'kotlin', swift: 'swift', cs: 'csharp' },
  ...{ c: 'c', h: 'c', cc: 'cpp', cpp: 'cpp', hpp: 'cpp', php: 'php', lua: 'lua', ex: 'elixir', hs: 'haskell' },
  ...{ sh: 'sh', bash: 'bash', zsh: 'zsh', ps1: 'powershell', sql: 'sql', graphql: 'graphql', proto: 'proto' },
  ...{ html: 'html', css: 'css', scss: 'scss', svg: 'xml', xml: 'xml', md: 'markdown', tex: 'tex' },
  ...{ json: 'json', yaml: 'yaml', yml: 'yaml', toml: 'toml', ini: 'ini', patch: 'diff', diff: 'diff' },
};

const byName: Readonly<Record<string, string>> = { Dockerfile: 'dockerfile', Makefile: 'make' };

export function languageOf(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  const ending = dot < 0 ? '' : name.slice(dot + 1).toLowerCase();
  if (Object.hasOwn(byName, name)) return byName[name];
  return Object.hasOwn(byEnding, ending) ? byEnding[ending] : undefined;
}
