import { createSignal, onCleanup } from "solid-js";
import type { Room } from "../../../functions/chat/model.ts";
import type { OwnProfile } from "../../../functions/user/model.ts";
import type { Api } from "../api/makeApi.ts";
import { createContacts } from "../contacts/createContacts.ts";
import { createOutbox } from "../outbox/createOutbox.ts";
import type { OutboxStore } from "../outbox/OutboxStore.ts";
import { createPeople } from "../people/createPeople.ts";
import { createBeat } from "../presence/createBeat.ts";
import { createPresence } from "../presence/createPresence.ts";
import { createTyping } from "../presence/createTyping.ts";
import { createRooms } from "../rooms/createRooms.ts";
import type { Lock } from "../session/Lock.ts";
import { createToasts } from "../shell/createToasts.ts";
import { createStream } from "../sync/createStream.ts";
import type { Clock } from "../time/Clock.ts";
import { createToday } from "../time/createToday.ts";

export interface ParleyParts {
  me: OwnProfile;
  api: Api;
  clock: Clock;
  lock: Lock;
  store: OutboxStore;
  /** Whether this browser still acts for `me`. */
  isCurrent(): boolean;
  signOut(): Promise<void>;
}

/** Everything that lives as long as somebody is signed in: rooms, people, contacts, outbox, stream and toasts. */
export function createParley(parts: ParleyParts) {
  const { api, clock } = parts;
  const [me, setMe] = createSignal(parts.me);
  const toasts = createToasts(clock);
  const contacts = createContacts({ api, clock });
  const people = createPeople({ api, clock, me, nicknameOf: contacts.nicknameOf });
  const refreshMe = () => void api.getMe().then(setMe, () => {}); // the next change of mine brings it too

  const rooms = createRooms({
    api,
    clock,
    myId: parts.me.id,
    onRefused: toasts.fail,
    onUser(userId) {
      people.refresh(userId);
      if (userId === parts.me.id) refreshMe();
    },
  });
  const outbox = createOutbox({
    store: parts.store,
    userId: parts.me.id,
    clock,
    lock: parts.lock,
    send: ({ roomId, id, content, replyTo }) => api.sendMessage(roomId, id, content, replyTo),
    onSent: rooms.acknowledge,
    isCurrent: parts.isCurrent,
  });
  const presence = createPresence({ api, clock });
  const typing = createTyping({ api, clock, myId: parts.me.id });
  const beat = createBeat({ api, clock });
  const stream = createStream({
    open: api.events,
    clock,
    hear(event) {
      rooms.hear(event);
      presence.hear(event);
      typing.hear(event);
    },
  });

  const wake = () => {
    if (document.visibilityState === "hidden" || !navigator.onLine) return;
    stream.wake();
    outbox.wake();
  };
  globalThis.addEventListener("online", wake);
  onCleanup(() => globalThis.removeEventListener("online", wake));
  document.addEventListener("visibilitychange", wake);
  onCleanup(() => document.removeEventListener("visibilitychange", wake));

  /** What a room is called: by its name, or by the other person's. */
  const titleOf = (room: Pick<Room, "name" | "peerId">) =>
    room.name ?? (room.peerId ? people.nameOf(room.peerId) : "Just you");

  return {
    me,
    setMe,
    api,
    clock,
    rooms,
    outbox,
    people,
    contacts,
    presence,
    typing,
    toasts,
    isLive: stream.isLive,
    today: createToday(clock),
    titleOf,
    async signOut() {
      beat.leave();
      await parts.signOut();
    },
  };
}

export type Parley = ReturnType<typeof createParley>;
