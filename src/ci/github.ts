/**
 * Workflow commands of GitHub Actions: lines on stdout that the runner turns into annotations of a pull request.
 *
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
import { type CheckFinding, type CheckReport, checkRules } from '../domain/check/finding.ts';
import { filesOf } from './files-of.ts';
import { levels } from './levels.ts';

/**
 * Each finding once, then its further files: GitHub shows ten errors and ten warnings of a step, and a claim on many
 * files must not hide the other findings. Every line is a command, and no text of others stands outside of one.
 */
export function formatGithub({ findings, unseen }: CheckReport): string {
  const ofEach = findings.map((finding) => {
    // The runner drops a leading = of a value.
    const files = filesOf(finding).filter((file) => !file.startsWith('='));
    return files.length === 0 ? [annotation(finding, undefined)] : files.map((file) => annotation(finding, file));
  });
  return [
    ...ofEach.flatMap((lines) => lines.slice(0, 1)),
    ...ofEach.flatMap((lines) => lines.slice(1)),
    ...unseen.map((sentence) => command('notice', { title: 'Not looked at' }, sentence)),
  ].join('\n');
}

function annotation({ rule, gravity, what, next }: CheckFinding, file: string | undefined): string {
  const { title } = checkRules[rule];
  return command(levels[gravity], file === undefined ? { title } : { file, title }, `${what} ${next}`);
}

function command(name: string, properties: Readonly<Record<string, string>>, data: string): string {
  const pairs = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`);
  return `::${name} ${pairs.join(',')}::${escapeData(data)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
