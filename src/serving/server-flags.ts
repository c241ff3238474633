/**
 * How V8 runs a server. It mostly waits, for hours, and there are as many as agents: its young generation stays as small
 * as it begins, and only what is called very often is compiled by an optimizing compiler, whose work memory and pages are
 * not given back, however small the function. It saves a quarter to a third of the memory and costs a start some
 * milliseconds. Set before anything is loaded: V8's code cache is good for one set of flags.
 */

/**
 * By V8's version, for it says on stderr that it does not know a flag: from 12 on (node 22) it counts invocations and not
 * the bytes of a budget, and node 24 has one more compiler. To move together what is left after the start saves memory in
 * node 20 and takes more of it in later ones.
 */
export function serverFlags(v8: string): readonly string[] {
  const counting =
    Number.parseInt(v8, 10) >= 12
      ? ['--invocation-count-for-turbofan=100000', '--invocation-count-for-maglev=20000']
      : ['--interrupt-budget=4000000', '--max-bytecode-size-for-early-opt=0', '--compact-on-every-full-gc'];
  return ['--semi-space-growth-factor=1', ...counting];
}
