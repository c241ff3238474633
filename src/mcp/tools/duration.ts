/** A duration in seconds; typed as at the command, where a bare number is minutes. */
import * as z from 'zod';
import { parseDuration } from '../../domain/time.ts';

/** Listed as text: to say that a number is one too costs a model tokens. */
export const duration = z.preprocess(
  (typed) => (typeof typed === 'number' ? String(typed) : typed),
  z.string().transform((typed, context) => {
    const seconds = parseDuration(typed);
    if (seconds === undefined) context.addIssue('a duration such as 90s, 30m or 2h');
    return seconds;
  }),
);
