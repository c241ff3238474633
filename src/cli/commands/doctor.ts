/** Looking over: the coordination of the repository, and what was set up on this machine. */
import { done } from '../../operations/answer.ts';
import { doctor } from '../../operations/doctor.ts';
import type { MachineSetup } from '../../setup/port.ts';
import { defineCommand } from '../command.ts';

export function doctorCommand(openSetup: () => MachineSetup) {
  return defineCommand({
    name: 'doctor',
    synopsis: '',
    summary: 'look the coordination of this repository over',
    group: 'Set-up',
    options: [{ name: 'fix', summary: 'mend what can be mended without losing anything' }],
    knowsOfRemote: true,
    run: async (words, { session }) => {
      const answer = await doctor.run({ fix: words.flag('fix') }, session);
      if (answer.status !== 'done') return answer;
      const findings = [...answer.value.findings, ...openSetup().findings(session.store.place.commonDir)];
      return done({ ...answer.value, findings, ok: findings.every(({ level }) => level === 'info') });
    },
    render: ({ findings, mended }, { terminal: { paint } }) => {
      const done = mended.map((what) => `${paint('green', 'mended')}   ${what}`);
      const colour = { error: 'red', warning: 'yellow', info: 'dim' } as const;
      const found = findings.flatMap(({ level, what, next }) => [
        `${paint(colour[level], level.padEnd(7))}  ${what}`,
        `         ${paint('dim', next)}`,
      ]);
      const isWell = findings.every(({ level }) => level === 'info');
      return [...done, ...found, ...(isWell ? [`${paint('green', 'All is well.')}`] : [])].join('\n');
    },
    exitCode: ({ ok }) => (ok ? 0 : 1),
  });
}
