import { expect, test } from "vitest";
import { ask, aUser, type Person, users } from "../../test/world.ts";
import listContacts from "./list-contacts.ts";
import removeContact from "./remove-contact.ts";
import saveContact from "./save-contact.ts";
import type { Contact } from "./model.ts";

const save = (as: Person, person: { id: string }, body: unknown = {}) =>
  ask(saveContact, "PUT", `/api/contacts/${person.id}`, { as, body });
const remove = (as: Person, person: { id: string }) =>
  ask(removeContact, "DELETE", `/api/contacts/${person.id}`, { as });
const list = async (as: Person, search = "") => {
  const res = await ask(listContacts, "GET", `/api/contacts${search}`, { as });
  return await res.json() as { contacts: Contact[]; cursor: string | null };
};

test("somebody saved is listed with their profile, under the nickname", async () => {
  const [ada, bob] = await users(2) as [Person, Person];

  const res = await save(ada, bob, { nickname: "Bobby" });

  expect(res.status).toBe(201);
  expect(await res.json()).toMatchObject({
    contactId: bob.id,
    nickname: "Bobby",
    user: { id: bob.id, username: bob.username },
  });
  expect(await list(ada)).toMatchObject({ contacts: [{ contactId: bob.id, nickname: "Bobby" }], cursor: null });
  expect((await list(bob)).contacts).toEqual([]);
});

test("saving again changes the nickname: 200, and there is still one", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  await save(ada, bob, { nickname: "Bobby" });

  const res = await save(ada, bob, { nickname: null });

  expect(res.status).toBe(200);
  expect((await list(ada)).contacts).toMatchObject([{ nickname: null }]);
});

test("removing works once and does no harm twice", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  await save(ada, bob);

  expect([(await remove(ada, bob)).status, (await remove(ada, bob)).status]).toEqual([204, 204]);
  expect((await list(ada)).contacts).toEqual([]);
});

test("pages lead through all contacts, by the name they go by", async () => {
  const [ada, ...others] = await users(6) as [Person, ...Person[]];
  const nicknames = ["delta", "Alpha", "charlie", "Bravo", "alpha"];
  for (const [i, person] of others.entries()) await save(ada, person, { nickname: nicknames[i] });

  const seen: (string | null)[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const page = await list(ada, `?limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    seen.push(...page.contacts.map(({ nickname }) => nickname));
    cursor = page.cursor;
  }

  expect(seen.map((name) => name?.toLowerCase())).toEqual(["alpha", "alpha", "bravo", "charlie", "delta"]);
});

test("a cursor with a NUL is refused with 400", async () => {
  const cursor = btoa(encodeURIComponent(JSON.stringify(["a\0", crypto.randomUUID()])));

  const res = await ask(listContacts, "GET", `/api/contacts?cursor=${encodeURIComponent(cursor)}`, {
    as: await aUser(),
  });

  expect(res.status).toBe(400);
});

test("nobody can keep a stranger who does not exist, themselves, or a nickname of 81 characters", async () => {
  const [ada, bob] = await users(2) as [Person, Person];

  expect((await save(ada, { id: crypto.randomUUID() })).status).toBe(404);
  expect((await save(ada, ada)).status).toBe(400);
  expect((await save(ada, bob, { nickname: "x".repeat(81) })).status).toBe(400);
  expect((await ask(listContacts, "GET", "/api/contacts?cursor=x", { as: await aUser() })).status).toBe(400);
});
