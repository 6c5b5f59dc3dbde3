import { expect, test } from "vitest";
import { userDb } from "../../functions/lib/database.ts";
import { clientOf } from "../../functions/lib/needs.ts";
import { chat, type Person } from "../world.ts";
import { askedIn, askFor, operations } from "./asking.ts";
import { fieldsOf } from "./hostile.ts";
import type { Case } from "./row.ts";
import { aScene, type Scene, stateOf } from "./scene.ts";
import { table } from "./table.ts";

/** What a body says beside what its operation takes changes nothing: not whose it is, when it was, what one may. */

const [someone, somewhere] = ["dead0000-0000-4000-8000-000000000001", "dead0000-0000-4000-8000-000000000002"];
const [past, count] = ["1999-12-31T23:59:59.000Z", 777_777];

/** Every column of both databases and every field of an answer, as somebody would like them to be. */
const wishes: Record<string, unknown> = {
  id: someone,
  userId: someone,
  senderId: someone,
  createdBy: someone,
  contactId: someone,
  peerId: someone,
  roomId: somewhere,
  messageId: somewhere,
  replyTo: somewhere,
  role: "owner",
  seq: count,
  rev: count,
  lastSeq: count,
  lastReadSeq: count,
  settingsRev: count,
  unreadCount: count,
  createdAt: past,
  updatedAt: past,
  deletedAt: past,
  joinedAt: past,
  lastReadAt: past,
  lastSeen: past,
  addedAt: past,
  directKey: "wished",
  content: "wished",
  messageType: "system",
  name: "wished",
  description: "wished",
  nickname: "wished",
  username: "wished",
  email: "wished@example.org",
  passwordHash: "wished",
  displayName: "wished",
  bio: "wished",
  isActive: false,
  isVerified: true,
  reactions: [{ emoji: "👍", userIds: [someone] }],
  participants: [{ userId: someone, role: "owner" }],
};
const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const granted = new RegExp(`dead0000|${count}|1999-12-31|wished|"system"`);

/** Who may what in the room, and whose account is open and verified, as far as it was there before. */
async function standingsIn({ room, people, mate, newcomer }: Scene) {
  const everyone = [...Object.values(people), mate, newcomer].map(({ id }) => id);
  const roles = await chat()`select user_id, role from room_participants where room_id = ${room.id}`;
  const accounts = await clientOf(userDb)`
    select id, is_active, is_verified from users where id = any(${everyone}::uuid[])
  `;
  return Object.fromEntries([
    ...roles.map(({ userId, role }) => [`${userId} is`, role]),
    ...accounts.map(({ id, isActive, isVerified }) => [id, { isActive, isVerified }]),
  ]);
}

async function askWishing(of: Case, scene: Scene, as: Person, operation: (typeof operations)[number]) {
  const taken = fieldsOf(operation.body);
  const wished = Object.entries(wishes).filter(([name]) => !taken.includes(name))
    .flatMap(([name, value]) => [[name, value], [snake(name), value]]);
  const asked = askedIn(of, scene, as);
  return await askFor(operation, { ...asked, body: { ...Object.fromEntries(wished), ...asked.body } }, { as });
}

const taking = operations.filter(({ body }) => body !== undefined)
  .flatMap((operation) =>
    table[operation.name].map((of) => [operation.name, of.what ?? "as ever", of, operation] as const)
  );

test.each(taking)("%s (%s) grants no wish that its body does not take", async (_, __, of, operation) => {
  for (const standing of ["owner", "member"] as const) {
    const [scene, plain] = [await aScene(), await aScene()];
    const before = await standingsIn(scene);

    const res = await askWishing(of, scene, scene.people[standing], operation);
    const asked = await askFor(operation, askedIn(of, plain, plain.people[standing]), { as: plain.people[standing] });

    expect.soft(res.status, standing).toBe(asked.status);
    expect.soft(await res.text(), standing).not.toMatch(granted);
    expect.soft(JSON.stringify(await stateOf(scene)), standing).not.toMatch(granted);
    expect.soft(await standingsIn(scene), standing).toMatchObject(before);
  }
});

const bodiless = operations.filter(({ name, method, body }) => !name.startsWith("auth/") && method !== "GET" && !body)
  .map((operation) => [operation.name, operation] as const);

test.each(bodiless)("%s takes no body, whatever it wishes", async (name, operation) => {
  const scene = await aScene();
  const before = await standingsIn(scene);
  const { member } = scene.people;

  await askWishing(table[name][0], scene, member, operation);

  const { [member.id]: _, [`${member.id} is`]: __, [`${scene.mate.id} is`]: ___, ...others } = before;
  expect(JSON.stringify(await stateOf(scene))).not.toMatch(granted);
  expect(await standingsIn(scene)).toMatchObject(others);
});
