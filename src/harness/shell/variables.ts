/** What the variables of a command line stand for, where it says so itself: `F=a.ts; rm $F`, `for f in a b; do rm $f`. */
import { type SimpleCommand, unknownWord } from './commands-in.ts';

export type Variables = Readonly<Record<string, string>>;

const assignment = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s;
/** Of one loop; what else it goes through is seen afterwards. */
const roundsMax = 50;

/** One for each round of each loop; of loops in loops each alone. Always one at least. */
export function variablesIn(commands: readonly SimpleCommand[]): Variables[] {
  const assigned: Record<string, string> = Object.create(null);
  const rounds: [name: string, value: string][] = [];
  for (const { words } of commands) {
    const [first = '', name = '', third, ...values] = words[0] === 'do' ? words.slice(1) : words;
    if (first === 'for' && third === 'in') {
      for (const value of values.slice(0, roundsMax)) if (value !== unknownWord) rounds.push([name, value]);
    }
    for (const word of words.every((each) => assignment.test(each) || each === 'export') ? words : []) {
      const [, key, value] = assignment.exec(word) ?? [];
      if (key !== undefined && value !== undefined) assigned[key] = value;
    }
  }
  return rounds.length === 0 ? [assigned] : rounds.map(([name, value]) => ({ ...assigned, [name]: value }));
}
