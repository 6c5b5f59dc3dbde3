import { uuidv7 } from "uuidv7";
import type { FunctionName } from "../../functions/registry.ts";
import { must, type Try } from "./checks.ts";
import type { Scene } from "./conversation/scene.ts";
import type { Answer } from "./person.ts";

/** What the calls of one round have to go on. */
interface Round {
  scene: Scene;
  roomId: string;
  /** A room of this round alone. */
  spare: string;
  messageId: string;
}

type Step = (round: Round) => Promise<Answer>;

/** The operations in the order of a round, each with one call; or why calling it again and again would do harm. */
const steps: Record<FunctionName, Step | string> = {
  "auth/login": ({ scene: { ada } }) => ada.call("auth/login", {}, 302),
  "auth/callback": "comes once in each sign-in",
  "auth/refresh": ({ scene: { ada } }) => ada.call("auth/refresh", {}, 200),
  "auth/logout": "ends the session",
  "user/get-me": ({ scene: { ada } }) => ada.call("user/get-me", {}, 200),
  "user/update-me": ({ scene: { ada } }) => ada.call("user/update-me", { json: { displayName: ada.displayName } }, 200),
  "user/get-user": ({ scene: { ada, grace } }) => ada.call("user/get-user", { param: { userId: grace.id } }, 200),
  "user/search-users": ({ scene: { ada, grace } }) => ada.call("user/search-users", { query: { ids: grace.id } }, 200),
  "user/set-presence": ({ scene: { ada } }) => ada.call("user/set-presence", { json: { status: "online" } }, 200),
  "user/get-presence": ({ scene: { ada, grace } }) => ada.call("user/get-presence", { query: { ids: grace.id } }, 200),
  "user/list-contacts": ({ scene: { ada } }) => ada.call("user/list-contacts", {}, 200),
  "user/save-contact": ({ scene: { ada, grace } }) =>
    ada.call("user/save-contact", { param: { userId: grace.id }, json: { nickname: "G" } }),
  "user/remove-contact": ({ scene: { ada, grace } }) =>
    ada.call("user/remove-contact", { param: { userId: grace.id } }),
  "user/export-me": "ten an hour is what one person may have",
  "user/deactivate-me": "ends the account",
  "chat/create-room": ({ scene: { ada, rooms }, spare }) => {
    rooms.push(spare);
    const json = { id: spare, roomType: "group", name: "Verification", participantIds: [] };
    return ada.call("chat/create-room", { json }, 201);
  },
  "chat/save-participant": ({ scene: { ada, grace }, spare }) =>
    ada.call("chat/save-participant", { param: { roomId: spare, userId: grace.id }, json: {} }),
  "chat/remove-participant": ({ scene: { ada, grace }, spare }) =>
    ada.call("chat/remove-participant", { param: { roomId: spare, userId: grace.id } }),
  "chat/update-room": ({ scene: { ada }, spare }) =>
    ada.call("chat/update-room", { param: { roomId: spare }, json: { name: "Verification, again" } }, 200),
  "chat/delete-room": ({ scene: { ada }, spare }) => ada.call("chat/delete-room", { param: { roomId: spare } }, 204),
  "chat/list-rooms": ({ scene: { ada } }) => ada.call("chat/list-rooms", {}, 200),
  "chat/discover-rooms": ({ scene: { ada } }) => ada.call("chat/discover-rooms", {}, 200),
  "chat/get-room": ({ scene: { ada }, roomId }) => ada.call("chat/get-room", { param: { roomId } }, 200),
  "chat/list-participants": ({ scene: { ada }, roomId }) =>
    ada.call("chat/list-participants", { param: { roomId } }, 200),
  "chat/send-message": ({ scene: { ada }, roomId, messageId: id }) =>
    ada.call("chat/send-message", { param: { roomId }, json: { id, content: "measured" } }, 201),
  "chat/list-messages": ({ scene: { ada }, roomId }) => ada.call("chat/list-messages", { param: { roomId } }, 200),
  "chat/edit-message": ({ scene: { ada }, roomId, messageId }) =>
    ada.call("chat/edit-message", { param: { roomId, messageId }, json: { content: "measured twice" } }, 200),
  "chat/react": ({ scene: { ada }, roomId, messageId }) =>
    ada.call("chat/react", { param: { roomId, messageId, emoji: "👍" } }),
  "chat/unreact": ({ scene: { ada }, roomId, messageId }) =>
    ada.call("chat/unreact", { param: { roomId, messageId, emoji: "👍" } }),
  "chat/mark-read": ({ scene: { grace }, roomId }) =>
    grace.call("chat/mark-read", { param: { roomId }, json: { seq: 1 } }, 200),
  "chat/list-reads": ({ scene: { ada }, roomId, messageId }) =>
    ada.call("chat/list-reads", { param: { roomId, messageId } }, 200),
  "chat/set-typing": ({ scene: { ada }, roomId }) => ada.call("chat/set-typing", { param: { roomId } }, 204),
  "chat/get-changes": ({ scene: { grace }, roomId }) =>
    grace.call("chat/get-changes", { param: { roomId }, query: { since: "1", limit: "10" } }, 200),
  "chat/search-messages": ({ scene: { ada, word } }) => ada.call("chat/search-messages", { query: { q: word } }, 200),
  "chat/delete-message": ({ scene: { ada }, roomId, messageId }) =>
    ada.call("chat/delete-message", { param: { roomId, messageId } }),
  "chat/stream-events": "is measured by the streams of the conversation",
};

/** Given people keep what they have: who is a contact of theirs already is not saved and removed again. */
async function sparing({ ada, grace }: Scene): Promise<Set<string>> {
  const { body } = await ada.call("user/list-contacts", {}, 200);
  const isKnown = body.cursor || JSON.stringify(body.contacts).includes(grace.id);
  return new Set(isKnown ? ["user/save-contact", "user/remove-contact"] : []);
}

/** Call every operation that can be called without harm, round by round; the journal keeps the times. */
export async function measure(check: Try, scene: Scene, samples: number, over: AbortSignal): Promise<void> {
  await check(`every operation answers, ${samples} times`, async () => {
    const roomId = await scene.newRoom();
    const spared = await sparing(scene);
    const failures = new Map<string, string>();
    for (let i = 0; i < samples && !over.aborted; i++) {
      const round: Round = { scene, roomId, spare: uuidv7(), messageId: uuidv7() };
      for (const [operation, step] of Object.entries(steps)) {
        if (typeof step === "string" || spared.has(operation)) continue;
        await step(round).catch((error: Error) => failures.set(operation, error.message));
      }
    }
    must(failures.size === 0, [...failures.values()].join("; "));
  });
}
