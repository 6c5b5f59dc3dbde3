import { expect, test } from "vitest";
import createRoom from "../../functions/chat/create-room.ts";
import deleteRoom from "../../functions/chat/delete-room.ts";
import type { Room } from "../../functions/chat/model.ts";
import removeParticipant from "../../functions/chat/remove-participant.ts";
import saveParticipant from "../../functions/chat/save-participant.ts";
import { mayManage, Role } from "../../functions/chat/schema.ts";
import updateRoom from "../../functions/chat/update-room.ts";
import { aRoom, ask, chat, type Person, users } from "../world.ts";
import { inWords, operationOf } from "./asking.ts";

/** Who may name and remove whom: each role, on each role, wishing each role, as `mayManage` has it. */

const roles = Role.options;
type Subject = Role | "nobody yet";
const subjects: Subject[] = [...roles, "nobody yet"];
const wishes = [undefined, ...roles];

/** A room with an owner whom nobody asks as, an actor of this role, and a subject of that one. */
async function aRoomOf(actorRole: Role, subjectRole: Subject) {
  const [owner, actor, subject] = await users(3) as [Person, Person, Person];
  const room = await aRoom(owner, actor, ...(subjectRole === "nobody yet" ? [] : [subject]));
  const save = (as: Person, person: Person, role: Role | undefined) =>
    ask(saveParticipant, "PUT", `/api/rooms/${room.id}/participants/${person.id}`, {
      as,
      body: { ...(role && { role }) },
    });
  await save(owner, actor, actorRole);
  if (subjectRole !== "nobody yet") await save(owner, subject, subjectRole);
  return { room, owner, actor, subject, save };
}

const remove = (as: Person, room: { id: string }, person: Person) =>
  ask(removeParticipant, "DELETE", `/api/rooms/${room.id}/participants/${person.id}`, { as });

const roleOf = async (room: { id: string }, { id }: Person): Promise<Subject> =>
  (await chat()`select role from room_participants where room_id = ${room.id} and user_id = ${id}`)[0]?.["role"] ??
    "nobody yet";

const saving = operationOf("chat/save-participant");
const removing = operationOf("chat/remove-participant");

const saves = roles.flatMap((actor) =>
  subjects.flatMap((subject) => wishes.map((wish) => ({ actor, subject, wish: wish ?? "no role", role: wish })))
);

test.each(saves)("$actor saves $subject as $wish", async ({ actor: actorRole, subject: subjectRole, role }) => {
  const { room, actor, subject, save } = await aRoomOf(actorRole, subjectRole);
  const wished = role ?? (subjectRole === "nobody yet" ? "member" : subjectRole);
  const isNew = subjectRole === "nobody yet";
  const may = mayManage[actorRole].includes(wished) && (isNew || mayManage[actorRole].includes(subjectRole));
  const isChange = wished !== subjectRole;

  const answer = await inWords(await save(actor, subject, role), saving);

  expect(answer).toBe(isChange && !may ? "403 not-allowed" : isNew ? "201" : "200");
  expect(await roleOf(room, subject)).toBe(isChange && !may ? subjectRole : wished);
});

test.each(roles.flatMap((actor) => wishes.map((wish) => ({ actor, wish: wish ?? "no role", role: wish }))))(
  "$actor saves themselves as $wish",
  async ({ actor: actorRole, role }) => {
    const { room, actor, save } = await aRoomOf(actorRole, "nobody yet");
    const wished = role ?? actorRole;
    const may = mayManage[actorRole].includes(wished) && mayManage[actorRole].includes(actorRole);

    const answer = await inWords(await save(actor, actor, role), saving);

    expect(answer).toBe(wished === actorRole || may ? "200" : "403 not-allowed");
    expect(await roleOf(room, actor)).toBe(may ? wished : actorRole);
  },
);

test.each(roles.flatMap((actor) => subjects.map((subject) => ({ actor, subject }))))(
  "$actor removes $subject",
  async ({ actor: actorRole, subject: subjectRole }) => {
    const { room, actor, subject } = await aRoomOf(actorRole, subjectRole);
    const may = mayManage[actorRole].includes(subjectRole === "nobody yet" ? "member" : subjectRole);

    const answer = await inWords(await remove(actor, room, subject), removing);

    expect(answer).toBe(may ? "204" : "403 not-allowed");
    expect(await roleOf(room, subject)).toBe(may ? "nobody yet" : subjectRole);
  },
);

test.each(roles)("%s leaves", async (role) => {
  const { room, actor } = await aRoomOf(role, "nobody yet");

  expect(await inWords(await remove(actor, room, actor), removing)).toBe("204");
  expect(await roleOf(room, actor)).toBe("nobody yet");
});

test.each(["admin", "member"] as const)("the last owner stays owner: not %s, not gone", async (role) => {
  const { room, owner, save } = await aRoomOf("admin", "member");

  const answers = [
    await inWords(await save(owner, owner, role), saving),
    await inWords(await remove(owner, room, owner), removing),
  ];

  expect(answers).toEqual(["409 last-owner", "409 last-owner"]);
  expect(await roleOf(room, owner)).toBe("owner");
});

test("a direct room stays as it is: nobody comes, goes, changes, renames or deletes it", async () => {
  const [ada, bob, eve] = await users(3) as [Person, Person, Person];
  const body = { roomType: "direct", participantIds: [bob.id] };
  const room = await (await ask(createRoom, "POST", "/api/rooms", { as: ada, body })).json() as Room;
  const path = `/api/rooms/${room.id}`;
  const save = async (as: Person, person: Person, body: unknown) =>
    await inWords(await ask(saveParticipant, "PUT", `${path}/participants/${person.id}`, { as, body }), saving);

  for (const as of [ada, bob]) {
    for (const wish of wishes) {
      for (const person of [ada, bob, eve]) {
        expect(await save(as, person, { ...(wish && { role: wish }) })).toBe("409 direct-room");
      }
    }
    for (const person of [ada, bob, eve]) {
      expect(await inWords(await remove(as, room, person), removing)).toBe("409 direct-room");
    }
    const renamed = await ask(updateRoom, "PATCH", path, { as, body: { name: "Ours" } });
    expect(await inWords(renamed, operationOf("chat/update-room"))).toBe("409 direct-room");
    const deleted = await ask(deleteRoom, "DELETE", path, { as });
    expect(await inWords(deleted, operationOf("chat/delete-room"))).toBe("409 direct-room");
  }
  expect(await save(eve, eve, {})).toBe("404 room-not-found");
  expect([await roleOf(room, ada), await roleOf(room, bob), await roleOf(room, eve)])
    .toEqual(["owner", "owner", "nobody yet"]);
});
