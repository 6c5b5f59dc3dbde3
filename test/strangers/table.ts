import type { FunctionName } from "../../functions/registry.ts";
import { aMessage } from "../world.ts";
import { byRight, type Case, inRoom, ofAccount, ofEachAuthor, overRole, type Row, toAnybody } from "./row.ts";

/** A case of a room: the same in a group and, unless said, in a public room. */
const room = (of: Case): Case => ({ inPublic: {}, ...of });
const toMembers = (ok: number, of: Partial<Case> = {}): Row => [room({ answers: inRoom(() => ok), ...of })];
const toAccounts = (ok: number, of: Partial<Case> = {}): Row => [{ answers: ofAccount(ok), ...of }];

/** Whoever is not in a public room may see it and join it, but name nobody. */
const named = { stranger: "not-allowed", "ex-member": "not-allowed", deactivated: "account-deactivated" } as const;
const joined = { stranger: 201, "ex-member": 201, deactivated: "account-deactivated" } as const;

/**
 * Every operation: how to ask for it rightly, and what it answers to whom. Roles follow `rights` and `mayManage`
 * (functions/chat/schema.ts). An operation without its row does not compile.
 */
export const table: Record<FunctionName, Row> = {
  "auth/login": [{ answers: toAnybody(302) }],
  "auth/callback": [{ answers: toAnybody("login-failed") }],
  "auth/refresh": [{ answers: toAnybody("not-signed-in") }],
  "auth/logout": [{ answers: toAnybody("not-signed-in") }],

  "user/get-me": toAccounts(200),
  "user/update-me": toAccounts(200, { asks: () => ({ body: { bio: "Was here" } }) }),
  "user/deactivate-me": [{ what: "again and again", answers: { ...ofAccount(204), deactivated: 204 } }],
  "user/export-me": toAccounts(200),
  "user/get-user": toAccounts(200),
  "user/search-users": toAccounts(200, { asks: () => ({ query: { q: "scene" } }) }),
  "user/list-contacts": toAccounts(200),
  "user/save-contact": toAccounts(201, { asks: () => ({ body: { nickname: "Mate" } }) }),
  "user/remove-contact": toAccounts(204),
  "user/set-presence": toAccounts(200, { asks: () => ({ body: { status: "busy" } }) }),
  "user/get-presence": toAccounts(200, { asks: ({ mate }) => ({ query: { ids: mate.id } }) }),

  "chat/create-room": toAccounts(201, {
    asks: ({ mate }) => ({ body: { roomType: "group", name: "Another", participantIds: [mate.id] } }),
  }),
  "chat/list-rooms": toAccounts(200),
  "chat/discover-rooms": toAccounts(200, { asks: () => ({ query: { q: "scene" } }) }),
  "chat/search-messages": toAccounts(200, { asks: () => ({ query: { q: "speaks" } }) }),
  "chat/stream-events": toAccounts(200),

  "chat/get-room": toMembers(200),
  "chat/update-room": [room({
    asks: () => ({ body: { name: "Renamed" } }),
    answers: byRight("update-room", 200),
  })],
  "chat/delete-room": [room({ answers: byRight("delete-room", 204) })],
  "chat/get-changes": toMembers(200, { asks: () => ({ query: { since: "0" } }) }),
  "chat/set-typing": toMembers(204),
  "chat/mark-read": toMembers(200, { asks: () => ({ body: { seq: 4 } }) }),

  "chat/list-participants": toMembers(200),
  "chat/save-participant": [
    room({
      what: "somebody new",
      asks: ({ newcomer }) => ({ userId: newcomer.id, body: { role: "member" } }),
      answers: overRole("member", 201),
      inPublic: named,
    }),
    room({
      what: "oneself",
      asks: (_, me) => ({ userId: me.id, body: {} }),
      answers: inRoom(() => 200),
      inPublic: joined,
    }),
    room({
      what: "oneself as owner",
      asks: (_, me) => ({ userId: me.id, body: { role: "owner" } }),
      answers: inRoom((role) => role === "owner" ? 200 : "not-allowed"),
      inPublic: named,
    }),
  ],
  "chat/remove-participant": [
    room({ what: "a member", answers: overRole("member", 204) }),
    room({
      what: "oneself",
      asks: (_, me) => ({ userId: me.id }),
      answers: inRoom((role) => role === "owner" ? "last-owner" : 204),
    }),
  ],

  "chat/send-message": toMembers(201, { asks: () => ({ body: aMessage() }) }),
  "chat/list-messages": toMembers(200),
  "chat/edit-message": ofEachAuthor((author) =>
    room({
      asks: ({ messages }) => ({ messageId: messages[author].id, body: { content: "edited" } }),
      answers: byRight("edit-message", 200, author),
    })
  ),
  "chat/delete-message": ofEachAuthor((author) =>
    room({
      asks: ({ messages }) => ({ messageId: messages[author].id }),
      answers: byRight("delete-message", 204, author),
    })
  ),
  "chat/react": toMembers(204),
  "chat/unreact": toMembers(204),
  "chat/list-reads": toMembers(200),
};
