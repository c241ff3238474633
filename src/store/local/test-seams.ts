/**
 * Time and chance from the environment, for tests that compare output to the letter: `INTERCOM_TEST_CLOCK` is an
 * instant, `INTERCOM_TEST_SEED` a number. Nothing else reads them, and neither makes a claim any safer or weaker than
 * a wrong clock of the machine would. `INTERCOM_TEST_GIT` is the version of git that the set-up of hooks takes for true;
 * with `INTERCOM_TEST_ALONE` nothing is brought to a remote in the background.
 */

export function testClock(env: NodeJS.ProcessEnv): (() => number) | undefined {
  const instant = env.INTERCOM_TEST_CLOCK;
  if (instant === undefined || instant === '') return undefined;
  const ms = Date.parse(instant);
  if (Number.isNaN(ms)) throw new TypeError(`INTERCOM_TEST_CLOCK is no instant: ${instant}`);
  return () => ms;
}

/** Bytes from mulberry32, a generator of 32 bits of state. */
export function testChance(env: NodeJS.ProcessEnv): ((bytes: number) => Buffer) | undefined {
  const seed = env.INTERCOM_TEST_SEED;
  if (seed === undefined || seed === '') return undefined;
  let state = Number(seed) >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) & 0xff;
  };
  return (bytes) => Buffer.from(Array.from({ length: bytes }, next));
}

export function testGitVersion(env: NodeJS.ProcessEnv): string | undefined {
  return env.INTERCOM_TEST_GIT || undefined;
}

export function testAlone(env: NodeJS.ProcessEnv): boolean {
  return Boolean(env.INTERCOM_TEST_ALONE);
}
