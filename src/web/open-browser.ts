/** Opens the person's browser, by the program that each system has for that; no shell reads the address. */
import { spawn } from 'node:child_process';

const openers: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  // `start` is a word of the shell alone; this is what it comes to.
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Answers why it could not be; undefined where it was started, or ends well. */
export function openInBrowser(address: string, platform = process.platform): Promise<string | undefined> {
  const [program, ...args] = openers[platform] ?? ['xdg-open'];
  return new Promise((resolve) => {
    const child = spawn(program, [...args, address], { stdio: 'ignore', detached: true });
    child.unref();
    child.once('error', ({ message }) => resolve(`${program} could not be started: ${message}.`));
    child.once('exit', (code) => resolve(code === 0 ? undefined : `${program} ended with ${code}.`));
    // A browser that was not open before stays in the foreground of it.
    setTimeout(() => resolve(undefined), 3_000).unref();
  });
}
