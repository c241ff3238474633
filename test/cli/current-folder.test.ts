/** Where a command is when its folder was removed under it. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { currentFolder } from '../../src/cli/path-from-top.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

test('its name counts, and never the folder of whoever started it, which is there', () => {
  vi.spyOn(process, 'cwd').mockImplementation(() => {
    throw new Error('ENOENT: uv_cwd');
  });
  const gone = join(tmpdir(), 'a-folder-that-is-gone', 'src');
  expect(currentFolder({ PWD: gone })).toBe(gone);
  expect(currentFolder({ PWD: tmpdir() })).toBe('/');
  expect(currentFolder({})).toBe('/');
});
