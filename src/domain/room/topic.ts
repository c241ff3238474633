/** What a room is about: any member says it, and the last word stands. */
import type { Context, Decision } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { roomTopicCharsMax } from '../limits.ts';
import { oneLine } from '../text.ts';
import { accepted, changeRoom, isMember, refuseStranger } from './change.ts';
import type { Roomed } from './create.ts';

/** An empty text takes the topic away. */
export function decideRoomTopic(
  draft: Draft,
  intent: { readonly room: string; readonly topic: string },
  context: Context,
): Decision<Roomed> {
  return changeRoom(draft, intent.room, context, (found) => {
    if (!isMember(found, context)) return refuseStranger(found, context);
    const topic = oneLine(intent.topic, roomTopicCharsMax) || undefined;
    const subject = `topic of @${found.id} (${context.actor.name}): ${oneLine(topic ?? 'none', 80)}`;
    return accepted(topic === found.topic ? found : { ...found, topic }, 'room-topic', subject);
  });
}
