import type { Hono } from "hono";
import type { ExtractSchema } from "hono/types";
import callback from "./auth/callback.ts";
import login from "./auth/login.ts";
import logout from "./auth/logout.ts";
import refresh from "./auth/refresh.ts";
import createRoom from "./chat/create-room.ts";
import deleteMessage from "./chat/delete-message.ts";
import deleteRoom from "./chat/delete-room.ts";
import discoverRooms from "./chat/discover-rooms.ts";
import editMessage from "./chat/edit-message.ts";
import getChanges from "./chat/get-changes.ts";
import getRoom from "./chat/get-room.ts";
import listMessages from "./chat/list-messages.ts";
import listParticipants from "./chat/list-participants.ts";
import listReads from "./chat/list-reads.ts";
import listRooms from "./chat/list-rooms.ts";
import markRead from "./chat/mark-read.ts";
import react from "./chat/react.ts";
import removeParticipant from "./chat/remove-participant.ts";
import saveParticipant from "./chat/save-participant.ts";
import searchMessages from "./chat/search-messages.ts";
import sendMessage from "./chat/send-message.ts";
import setTyping from "./chat/set-typing.ts";
import streamEvents from "./chat/stream-events.ts";
import unreact from "./chat/unreact.ts";
import updateRoom from "./chat/update-room.ts";
import deactivateMe from "./user/deactivate-me.ts";
import exportMe from "./user/export-me.ts";
import getMe from "./user/get-me.ts";
import getPresence from "./user/get-presence.ts";
import getUser from "./user/get-user.ts";
import listContacts from "./user/list-contacts.ts";
import removeContact from "./user/remove-contact.ts";
import saveContact from "./user/save-contact.ts";
import searchUsers from "./user/search-users.ts";
import setPresence from "./user/set-presence.ts";
import updateMe from "./user/update-me.ts";

/**
 * Every function, by its file. The local gateway, the generator, OpenAPI and the client's types come from this list; a
 * test fails when a file is missing from it.
 */
export const functions = {
  "auth/callback": callback,
  "auth/login": login,
  "auth/logout": logout,
  "auth/refresh": refresh,
  "chat/create-room": createRoom,
  "chat/delete-message": deleteMessage,
  "chat/delete-room": deleteRoom,
  "chat/discover-rooms": discoverRooms,
  "chat/edit-message": editMessage,
  "chat/get-changes": getChanges,
  "chat/get-room": getRoom,
  "chat/list-messages": listMessages,
  "chat/list-participants": listParticipants,
  "chat/list-reads": listReads,
  "chat/list-rooms": listRooms,
  "chat/mark-read": markRead,
  "chat/react": react,
  "chat/remove-participant": removeParticipant,
  "chat/save-participant": saveParticipant,
  "chat/search-messages": searchMessages,
  "chat/send-message": sendMessage,
  "chat/set-typing": setTyping,
  "chat/stream-events": streamEvents,
  "chat/unreact": unreact,
  "chat/update-room": updateRoom,
  "user/deactivate-me": deactivateMe,
  "user/export-me": exportMe,
  "user/get-me": getMe,
  "user/get-presence": getPresence,
  "user/get-user": getUser,
  "user/list-contacts": listContacts,
  "user/remove-contact": removeContact,
  "user/save-contact": saveContact,
  "user/search-users": searchUsers,
  "user/set-presence": setPresence,
  "user/update-me": updateMe,
};

export type FunctionName = keyof typeof functions;

/** What `hc<Api>("/")` is typed by: all routes as one app. */
// deno-lint-ignore no-explicit-any -- hono's own "any environment"
export type Api = Hono<any, ExtractSchema<(typeof functions)[FunctionName]>, "/">;
