/** A call that takes long says so every few seconds, to clients that asked: it keeps their clocks from running out. */
import { plainText } from '../domain/text.ts';

export type SendProgress = (progress: { readonly progress: number; readonly message: string }) => Promise<void>;

/** The shortest of the clients' timers is the SDK's own, 60 s; progress starts it anew. */
const progressMs = 5_000;

/** `progress` counts seconds. What is waited for is asked each time, for it changes. */
export async function reportProgress<T>(
  work: Promise<T>,
  send: SendProgress | undefined,
  waitsFor: () => Promise<string> | undefined,
): Promise<T> {
  if (send === undefined) return work;
  const startMs = performance.now();
  const tell = async () => {
    const seconds = Math.round((performance.now() - startMs) / 1000);
    const what = await waitsFor()?.catch(() => undefined);
    await send({ progress: seconds, message: plainText(`waiting for ${seconds} s${what ? `: ${what}` : ''}`) });
  };
  const timer = setInterval(() => void tell().catch(() => {}), progressMs);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}
