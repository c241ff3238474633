/** For what may be left undone after the commit: a disk that is full or read-only is let pass; a defect of ours is not. */
import { IntercomError } from '../../domain/failure.ts';

export async function unlessWorldFails(act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (cause) {
    const isOfTheSystem = /^E[A-Z0-9]+$/.test(String((cause as NodeJS.ErrnoException).code));
    if (!isOfTheSystem && !(cause instanceof IntercomError)) throw cause;
  }
}
