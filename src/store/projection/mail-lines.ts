/**
 * Unread mail for `peek`: a file for each agent, a line for each message. What was put before the agent already is in
 * a file beside it, `<id> <instant>` a line. Open asks are lines like mail, in a third.
 */
import type { ShownMessage } from '../../domain/message/present.ts';

export const mailFile = (agent: string): string => `mail/${agent}`;
/** Open asks, of who asked and of who was asked. */
export const asksFile = (agent: string): string => `asks/${agent}`;
/** What waits for a person, whoever that will be. */
export const escalationsFile = 'escalations';
/** Ids of rooms of which the branch says nothing else. */
export const secretRoomsFile = 'secret-rooms';
/** Who is subscribed to anything: a line for each, `<name> .`. */
export const subscribersFile = 'subscribers';
/** Who is not listed: a line for each, `<name> .`. */
export const hiddenFile = 'hidden';
/** Whose name it is now: `<uid> <home>` in the one line, a dot for no home. */
export const ownerFile = (agent: string): string => `owners/${agent}`;
/** Names that agents had before: a line for each, `<name> .`. Who comes under one of them asks the branch. */
export const formerFile = 'former';
export const deliveredFile = (agent: string): string => `delivered/${agent}`;

export function formatMail(message: ShownMessage): string {
  return `${message.id} ${JSON.stringify(message)}`;
}

export function parseMail(line: string): ShownMessage {
  return JSON.parse(line.slice(line.indexOf(' ') + 1)) as ShownMessage;
}

export function idBeforeSpace(line: string): string {
  return line.slice(0, line.indexOf(' '));
}
