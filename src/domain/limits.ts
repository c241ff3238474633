/** Every bound of the system, with its unit in the name and its reason beside it. */

/** GitHub refuses blobs over 100 MB and advises 1 MB; a record that a person reads is far smaller. */
export const recordBytesMax = 256 * 1024;
/** A message longer than this belongs into a file that the message names. */
export const messageTextBytesMax = 64 * 1024;
/** An age file in armor: more would leave no room for the rest of its record. */
export const sealedBytesMax = recordBytesMax - 32 * 1024;
/** Earlier keys of a room that are handed to who is invited with its history; older messages stay closed. */
export const handedKeysMax = 200;
/** A notice names reasons and paths that others wrote, however long. */
export const noticeCharsMax = 8 * 1024;
/** Claims that one notice tells of; whoever hands over more is told of the first ones. */
export const aboutClaimsMax = 200;
/** As long as YAML can get of it, in the inbox and under an idempotency key; the rest of the record is small. */
export const messageWrittenBytesMax = recordBytesMax - 16 * 1024;
/** Each reader leaves two marks in the receipt of a message: its name, and so many bytes beside it. */
export const receiptMarkBytes = 50;
export const receiptMarksBytesMax = recordBytesMax - 2 * 1024;
/** A spec longer than this belongs into a file of the repository, or into several specs. */
export const specTextBytesMax = 96 * 1024;
export const attachmentsMax = 20;
/** Of one; a patch longer than this belongs onto a branch. */
export const attachmentBytesMax = 96 * 1024;
/** Of one message, all of them together: who is sent it reads all of it. */
export const attachmentsBytesMax = 512 * 1024;
/** A shorter text stays in its message's record: a file of its own would take as much. */
export const textApartBytesMin = 4 * 1024;
/** Whoever has to wait longer for a message to expire does not need it to. */
export const expirySecondsMax = 10 * 365 * 24 * 60 * 60;
export const subjectCharsMax = 200;
export const whyCharsMax = 500;
export const pathsPerClaimMax = 100;
/** Who waits for the same in more ways than this claims again. */
export const placesPerClaimMax = 100;
/** All paths of a claim together; its record stands in the tree, and once more under its idempotency key. */
export const claimPathsBytesMax = 64 * 1024;
export const recipientsMax = 200;
/** Of a message to all. */
export const audienceMax = 2000;
/** The room's record has a line for each, and the receipt of each message to it two marks. */
export const roomMembersMax = 500;
export const roomTopicCharsMax = 500;
export const tagsMax = 20;
/** Specs of which an agent's record says that it read them. */
export const readsKeptMax = 20;
/** Of a hub, that one agent is known by; who works in more is known by the latest. */
export const repositoriesPerAgentMax = 50;
export const activityCharsMax = 200;
export const descriptionCharsMax = 1000;
export const nameCharsMax = 64;
/** Under the oldest of more nobody is looked for any longer. */
export const formerNamesMax = 10;
/** Presence is written no more often: each writing is a commit. */
export const seenSecondsMax = 5 * 60;

/** An agent whose process has ended is resumed within this, or counts as having left. */
export const reapedSeconds = 60 * 60;

/** A lease that nobody renews should not outlive a coffee break by much; ank and LFS users forget to unlock. */
export const leaseSecondsDefault = 30 * 60;
export const leaseSecondsMax = 24 * 60 * 60;
export const leaseSecondsMin = 1;
/** No policy may allow more: a year. */
export const leaseSecondsLimit = 31_536_000;

/** An offer to the head of the queue lapses after this, so a waiter that died delays the next one by a minute at most. */
export const offerSeconds = 60;
/** Two clocks of a team may differ by this much before a lease of another host counts as over. */
export const clockDriftSeconds = 120;
/** A clock that is hours fast must not empty the queue. */
export const foreignPlaceSlackSeconds = 24 * 60 * 60;

export const waitSecondsDefault = 10 * 60;
export const waitSecondsMax = 24 * 60 * 60;
/**
 * Of one tool call, whose answer is there within fifty: clients give up after a minute (the TypeScript SDK's default); the
 * wait goes on by the next call.
 */
export const waitCallSecondsMax = 49.5;
/** An ask that nobody answers within a coffee break is answered by mail. */
export const askSecondsDefault = 10 * 60;
export const askSecondsMax = 24 * 60 * 60;
/** Of one agent. Who waits for more answers has stopped working. */
export const openAsksMax = 16;
/** Of one agent. More would be read as noise, and none of them be answered. */
export const openEscalationsMax = 8;
/** Of one interview: more is a form, and belongs into a file. */
export const questionsMax = 20;
export const questionTextCharsMax = 500;
/** Unread, of one sender at one recipient: a busy team leaves hundreds for one who is away, and a loop thousands. */
export const inboxPerSenderDefault = 1000;
export const inboxPerSenderMax = 100_000;
/** Answers of two agents to each other that interrupt them; ten of each are a conversation, more are a loop. */
export const roundsMax = 20;
export const roundsCountedMax = 1_000_000;
/** Whom an agent asked last: a loop of more than so many is none of two. */
export const askedKeptMax = 8;
/** Of whom an agent acknowledged something last, for the same reason. */
export const heardKeptMax = 8;
/** After a pause as long as a lease they begin anew. */
export const answeringPauseSeconds = 30 * 60;
export const keyCharsMax = 200;
/** Idempotency keys are for retries after a timeout; a day covers every client's. */
export const keySeconds = 24 * 60 * 60;
/** Acknowledged conversation leaves the tree after this and stays in history. */
export const threadRetentionDays = 30;
/** So long mail waits for an agent that left, before it goes back to its sender. */
export const undeliveredDays = 14;
/** Of one commit of tidying, which other writers wait for: some hundred touch nearly every folder of a large tree, more cost little more. */
export const tidiedMessagesMax = 2_000;

/** Of one commit of tidying: each has a receipt to be written, which costs more than what only goes. */
export const expiredMailMax = 200;

/** A landing note that nobody can see merged leaves the tree after this. */
export const landingDaysMax = 90;

export const listLimitDefault = 50;
export const listLimitMax = 1000;
