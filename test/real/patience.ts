/** How long a harness is waited for. Those that are asked for are slow to start, on a machine that does much else above all. */
import { areAllAsked } from './installed.ts';

export const patienceMs = areAllAsked ? 240_000 : 90_000;
