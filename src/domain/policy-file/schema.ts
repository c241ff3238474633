/** What `.intercom/config.yaml` may hold; everything is optional. Generated into schema/config.schema.json. */
import * as z from 'zod';

const duration = z.string().regex(/^(\d+(\.\d+)?[smhdw])+$/, 'must be a duration such as 90s, 30m or 2h');

/** A branch name as git takes it, roughly (git-check-ref-format(1)); no component may start with a dot, nor the whole with a dash. */
const branch = z
  .string()
  .max(200)
  .regex(/^(?![./-])(?!.*(\.\.|\/\.|\/\/|@\{|\.lock($|\/)))[A-Za-z0-9._/-]*[A-Za-z0-9_-]$/, 'must be a branch name');

export const policySchema = z.looseObject({
  branch: branch.optional().describe('the coordination branch; intercom when absent'),
  lease: z
    .looseObject({
      default: duration.optional().describe('how long a claim holds without renewal; 30m when absent'),
      max: duration.optional().describe('the longest lease that may be asked for; 24h when absent'),
    })
    .optional(),
  clock: z
    .looseObject({ drift: duration.optional().describe('how far clocks of two hosts may differ; 2m when absent') })
    .optional(),
  retention: z
    .looseObject({ messages: duration.optional().describe('acknowledged messages leave the tree after this; 30d') })
    .optional(),
  skipCi: z.boolean().optional().describe('write [skip ci] into coordination commits; true when absent'),
});
