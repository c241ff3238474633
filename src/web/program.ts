/** What the command loads when the page is asked for: its built files lie beside it. */
import { join } from 'node:path';
import { openInBrowser } from './open-browser.ts';
import type { PageProgram } from './port.ts';
import { servePage } from './serve-page.ts';

declare const __dirname: string;

export const page: PageProgram = {
  servePage: (parts) => servePage({ ...parts, folder: join(__dirname, 'web') }),
  openInBrowser,
};
