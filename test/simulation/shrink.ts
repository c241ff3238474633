/** Makes a failing script smaller: ever finer parts of what happens are left out, for as long as it goes on failing. */
interface Happenings {
  readonly happenings: readonly unknown[];
}

/** At most so many runs; what is left then is small, and not always the smallest. */
export async function shrink<Script extends Happenings>(
  script: Script,
  fails: (script: Script) => Promise<boolean>,
  runsMax: number,
): Promise<Script> {
  let { happenings } = script;
  let runs = 0;
  for (let size = Math.ceil(happenings.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < happenings.length && runs < runsMax; ) {
      const rest = [...happenings.slice(0, at), ...happenings.slice(at + size)];
      runs += 1;
      if (await fails({ ...script, happenings: rest })) happenings = rest;
      else at += size;
    }
  }
  return { ...script, happenings };
}
