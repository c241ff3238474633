/** Where words go: stdout for the answer, stderr for everything else, colour only where somebody looks. */

export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly isInteractive: boolean;
  /** Of the window, now; without end in a pipe or a file, where nothing may be cut. */
  readonly columns: number;
  /** Of the window, now; 50 where there is none. */
  readonly rows: number;
  readonly paint: Paint;
}

export type Colour = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan' | 'magenta';
export type Paint = (colour: Colour, text: string) => string;

const codes: Readonly<Record<Colour, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
  magenta: [35, 39],
};

/** Follows NO_COLOR (no-color.org) and FORCE_COLOR; otherwise colours a terminal that is not dumb. */
export function paintFor(isTerminal: boolean, env: NodeJS.ProcessEnv): Paint {
  const forced = env.FORCE_COLOR !== undefined && !['0', 'false'].includes(env.FORCE_COLOR);
  const isWanted = forced || (isTerminal && env.FORCE_COLOR === undefined && !env.NO_COLOR && env.TERM !== 'dumb');
  return (colour, text) => {
    const [on, off] = codes[colour];
    return isWanted && text !== '' ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  };
}

/** For what is shown indented by two. */
export function narrower<T extends { readonly terminal: Terminal }>(telling: T): T {
  return { ...telling, terminal: { ...telling.terminal, columns: telling.terminal.columns - 2 } };
}
