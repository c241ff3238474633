/** Every bound of the system, with its unit in the name and its reason beside it. */

/** GitHub refuses blobs over 100 MB and advises 1 MB; a record that a person reads is far smaller. */
export const recordBytesMax = 256 * 1024;
/** A message longer than this belongs into a file that the message names. */
export const messageTextBytesMax = 64 * 1024;
export const subjectCharsMax = 200;
export const whyCharsMax = 500;
export const pathsPerClaimMax = 100;
export const recipientsMax = 200;
export const tagsMax = 20;
export const activityCharsMax = 200;
export const descriptionCharsMax = 1000;
export const nameCharsMax = 64;

/** A lease that nobody renews should not outlive a coffee break by much; ank and LFS users forget to unlock. */
export const leaseSecondsDefault = 30 * 60;
export const leaseSecondsMax = 24 * 60 * 60;
export const leaseSecondsMin = 1;

/** An offer to the head of the queue lapses after this, so a waiter that died delays the next one by a minute at most. */
export const offerSeconds = 60;
/** Two clocks of a team may differ by this much before a lease of another host counts as over. */
export const clockDriftSeconds = 120;

export const waitSecondsDefault = 10 * 60;
export const waitSecondsMax = 24 * 60 * 60;
/** Idempotency keys are for retries after a timeout; a day covers every client's. */
export const keySeconds = 24 * 60 * 60;
/** Acknowledged conversation leaves the tree after this and stays in history. */
export const threadRetentionDays = 30;

export const listLimitDefault = 50;
export const listLimitMax = 1000;
