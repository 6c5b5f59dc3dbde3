import fc from "fast-check";
import deactivateMe from "../../functions/user/deactivate-me.ts";
import createRoom from "../../functions/chat/create-room.ts";
import deleteMessage from "../../functions/chat/delete-message.ts";
import deleteRoom from "../../functions/chat/delete-room.ts";
import editMessage from "../../functions/chat/edit-message.ts";
import markRead from "../../functions/chat/mark-read.ts";
import type { Message } from "../../functions/chat/model.ts";
import react from "../../functions/chat/react.ts";
import removeParticipant from "../../functions/chat/remove-participant.ts";
import saveParticipant from "../../functions/chat/save-participant.ts";
import sendMessage from "../../functions/chat/send-message.ts";
import setTyping from "../../functions/chat/set-typing.ts";
import unreact from "../../functions/chat/unreact.ts";
import updateRoom from "../../functions/chat/update-room.ts";
import { ask, type Person } from "../world.ts";

/** One thing somebody does. What it is done to is chosen by number among what there is, so that any sequence has a meaning. */
export interface Operation {
  kind: keyof typeof kinds;
  actor: number;
  target: number;
  choice: number;
}

/** The small world of one sequence: four people and a room of the first three. */
export interface World {
  room: { id: string };
  people: Person[];
  messages: Message[];
}

const emoji = ["👍", "🎉", "❤️"];
const roles = ["member", "admin", "owner", undefined];
const pick = <Thing>(from: readonly Thing[], n: number): Thing => from[n % from.length]!;

type Asked = [app: Parameters<typeof ask>[0], method: string, path: string, body?: unknown];

/** How each kind is asked for, in a room that `people` share. `undefined`: there is nothing yet to do it to. */
const kinds = {
  send: ({ choice, target }, { messages }) => {
    const replyTo = choice % 3 === 0 && messages.length > 0 ? pick(messages, target).id : null;
    return [sendMessage, "POST", "/messages", { id: crypto.randomUUID(), content: `text ${choice}`, replyTo }];
  },
  repeat: ({ target }, { messages }) => {
    const message = messages.length > 0 && pick(messages, target);
    return message && [sendMessage, "POST", "/messages", { id: message.id, content: "again" }];
  },
  edit: ({ target, choice }, world) => {
    const path = messageAt(world, target);
    return path && [editMessage, "PATCH", path, { content: `edited ${choice}` }];
  },
  delete: ({ target }, world) => {
    const path = messageAt(world, target);
    return path && [deleteMessage, "DELETE", path];
  },
  react: ({ target, choice }, world) => {
    const path = messageAt(world, target);
    return path && [react, "PUT", `${path}/reactions/${encodeURIComponent(pick(emoji, choice))}`];
  },
  unreact: ({ target, choice }, world) => {
    const path = messageAt(world, target);
    return path && [unreact, "DELETE", `${path}/reactions/${encodeURIComponent(pick(emoji, choice))}`];
  },
  read: ({ choice }) => [markRead, "PUT", "/read-marker", { seq: choice }],
  save: ({ target, choice }, { people }) => {
    return [saveParticipant, "PUT", `/participants/${pick(people, target).id}`, { role: pick(roles, choice) }];
  },
  remove: ({ target }, { people }) => [removeParticipant, "DELETE", `/participants/${pick(people, target).id}`],
  leave: ({ actor }, { people }) => [removeParticipant, "DELETE", `/participants/${pick(people, actor).id}`],
  rename: ({ choice }) => [updateRoom, "PATCH", "", { name: `Room ${choice % 3}` }],
  describe: ({ choice }) => [updateRoom, "PATCH", "", { description: choice % 2 ? `About ${choice}` : null }],
  type: () => [setTyping, "POST", "/typing"],
  close: () => [deleteRoom, "DELETE", ""],
  deactivate: () => [deactivateMe, "DELETE", "/api/me"],
} as const satisfies Record<string, (operation: Operation, world: World) => Asked | undefined | false | "">;

function messageAt({ messages }: World, target: number): string | undefined {
  return messages.length > 0 ? `/messages/${pick(messages, target).id}` : undefined;
}

/** Do it. What may not be done is refused, which is a case like any other; what breaks is not. */
export async function perform(operation: Operation, world: World): Promise<void> {
  const asked: Asked | undefined | false | "" = kinds[operation.kind](operation, world);
  if (!asked) return;
  const [app, method, path, body] = asked;
  const url = path.startsWith("/api/") ? path : `/api/rooms/${world.room.id}${path}`;
  const res = await ask(app, method, url, {
    as: pick(world.people, operation.actor),
    ...(body !== undefined && { body }),
  });
  if (res.status >= 500) throw new Error(`${operation.kind} answered ${res.status}: ${await res.text()}`);
  if (operation.kind === "send" && res.status === 201) world.messages.push(await res.json());
}

/** A public room on every other occasion, so that strangers join too. */
export async function aWorld(people: Person[], isPublic: boolean): Promise<World> {
  const participantIds = people.slice(1, 3).map(({ id }) => id);
  const body = { roomType: isPublic ? "public" : "group", name: "Room", participantIds };
  const res = await ask(createRoom, "POST", "/api/rooms", { as: people[0]!, body });
  return { room: await res.json(), people, messages: [] };
}

/** Rare things are rare here too: a room that is closed at once teaches little. */
const weights: Record<keyof typeof kinds, number> = {
  send: 8,
  repeat: 1,
  edit: 4,
  delete: 2,
  react: 5,
  unreact: 3,
  read: 3,
  save: 5,
  remove: 2,
  leave: 1,
  rename: 2,
  describe: 1,
  type: 1,
  close: 0.3,
  deactivate: 0.3,
};

const anOperation: fc.Arbitrary<Operation> = fc.record({
  kind: fc.oneof(
    ...Object.entries(weights).map(([kind, weight]) => ({
      weight: weight * 10,
      arbitrary: fc.constant(kind as Operation["kind"]),
    })),
  ),
  actor: fc.nat(3),
  target: fc.nat(20),
  choice: fc.nat(20),
});

/** A sequence of steps; the operations of one step happen at once. */
export const aSequence = fc.record({
  isPublic: fc.boolean(),
  steps: fc.array(fc.array(anOperation, { minLength: 1, maxLength: 3 }), { minLength: 4, maxLength: 16 }),
});
