/** The files that a finding can point at. */
import type { CheckFinding } from '../domain/check/finding.ts';
import { parsePattern } from '../domain/pattern/parse.ts';

/** Of its paths those that spell one file or folder, unescaped: `src/\[id]/a.ts` is `src/[id]/a.ts`, `src/**` is none. */
export function filesOf(finding: CheckFinding): string[] {
  const files = finding.paths.flatMap((text) => {
    const parsed = parsePattern(text);
    if (!parsed.ok || parsed.pattern.kind !== 'files' || !parsed.pattern.isLiteral) return [];
    const path = parsed.pattern.literalPrefix.join('/');
    return path === '' ? [] : [path];
  });
  return [...new Set(files)];
}
