/** Commits by the hundred, as others make them; each takes away the message of the one before. */
import { execFileSync } from 'node:child_process';

export function busy(dir: string, count: number, at = '2026-02-01T09:00:00.000Z'): void {
  const git = (args: readonly string[], input?: string) =>
    execFileSync('git', args, { cwd: dir, encoding: 'utf8', input });
  const message = (n: number) =>
    [
      `v: 1\nid: m${n}\nkind: message\nagent: eve\nat: ${at}\nuid: u\nto: []\naudience: all\n`,
      `thread: m${n}\npurpose: message\nimportance: normal\nackWanted: false\ntext: number n${n}x\n`,
    ].join('');
  const commits = Array.from({ length: count }, (_, n) => {
    const said = `send\n\nIntercom-Op: send\nIntercom-Agent: eve\nIntercom-Uid: u\nIntercom-Id: m${n}\n`;
    const data = (text: string) => `data ${text.length}\n${text}`;
    const from = n === 0 ? `\nfrom ${git(['rev-parse', 'intercom']).trim()}` : '';
    return `commit refs/heads/intercom\ncommitter eve <eve@intercom.invalid> 1772355600 +0000\n${data(said)}${from}
M 100644 inline .intercom/messages/m${n}.yaml\n${data(message(n))}${n > 0 ? `\nD .intercom/messages/m${n - 1}.yaml` : ''}`;
  });
  git(['fast-import', '--quiet'], `${commits.join('\n')}\n`);
}
