import { expect, test } from "vitest";
import { ask, aToken, aUser, type Claims, type Person } from "../../test/world.ts";
import getMe from "./get-me.ts";
import getUser from "./get-user.ts";
import searchUsers from "./search-users.ts";
import type { User } from "./model.ts";
import updateMe from "./update-me.ts";

/** Somebody whom only the identity provider knows yet. */
async function aNewcomer(claims: Claims = {}): Promise<Person> {
  const id = crypto.randomUUID();
  const username = `new-${id.slice(0, 13)}`;
  return { id, username, token: await aToken({ sub: id, preferred_username: username, ...claims }) };
}

const me = async (as: Person) => await (await ask(getMe, "GET", "/api/me", { as })).json();
const update = (as: Person, body: unknown) => ask(updateMe, "PATCH", "/api/me", { as, body });

test("the first sight of somebody makes their account from the token; the second finds it", async () => {
  const ada = await aNewcomer({
    name: "Ada Lovelace",
    email: `${crypto.randomUUID()}@example.org`,
    email_verified: true,
  });

  const [first, second] = [await me(ada), await me(ada)];

  expect(first).toMatchObject({
    id: ada.id,
    username: ada.username,
    displayName: "Ada Lovelace",
    isVerified: true,
    bio: null,
  });
  expect(second).toEqual(first);
});

test("of what the token says we keep what we can: 255 characters, and none that cannot be stored", async () => {
  const unique = crypto.randomUUID();

  const long = await me(
    await aNewcomer({ preferred_username: unique + "x".repeat(300), email: "a\u0000b".repeat(2) + unique }),
  );
  const blank = await aNewcomer({ preferred_username: " \u0000", email: "\ud800" });

  expect(long).toMatchObject({ username: (unique + "x".repeat(300)).slice(0, 255), email: `abab${unique}` });
  expect(await me(blank)).toMatchObject({ username: blank.id, email: null });
});

test("ten first requests at once make one account", async () => {
  const ada = await aNewcomer();

  const answers = await Promise.all(Array.from({ length: 10 }, () => ask(getMe, "GET", "/api/me", { as: ada })));

  expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
});

test("a name that belongs to another account is 409, not theirs", async () => {
  const ada = await aUser();
  const id = crypto.randomUUID();
  const impostor = { id, username: ada.username, token: await aToken({ sub: id, preferred_username: ada.username }) };

  const res = await ask(getMe, "GET", "/api/me", { as: impostor });

  expect(res.status).toBe(409);
});

test("a change touches what it names, null and the empty string clear", async () => {
  const ada = await aUser();
  await update(ada, { displayName: "  Ada  ", bio: "Analyst", status: "thinking", phoneNumber: "+44 20 7946 0000" });

  const res = await update(ada, { bio: null, status: "", avatarUrl: "https://example.org/ada.png" });

  expect(res.status).toBe(200);
  const expected = {
    displayName: "Ada",
    bio: null,
    status: null,
    phoneNumber: "+44 20 7946 0000",
    avatarUrl: "https://example.org/ada.png",
  };
  expect(await res.json()).toMatchObject(expected);
  expect(await me(ada)).toMatchObject(expected);
});

test("somebody never seen may change their profile first", async () => {
  const ada = await aNewcomer();

  const res = await update(ada, { displayName: "Early" });

  expect(await res.json()).toMatchObject({ id: ada.id, displayName: "Early" });
});

test.each([
  ["an empty display name", { displayName: " " }],
  ["a display name of two lines", { displayName: "a\nb" }],
  ["a bio of 501 characters", { bio: "x".repeat(501) }],
  ["an avatar that is no https address", { avatarUrl: "javascript:alert(1)" }],
  ["a telephone number of letters", { phoneNumber: "call me" }],
])("refuses %s with 400", async (_, body) => {
  const res = await update(await aUser(), body);

  expect(res.status).toBe(400);
});

test("what is not ours to change stays: id, username, isVerified", async () => {
  const ada = await aUser();

  const res = await update(ada, { id: crypto.randomUUID(), username: "root", isVerified: true, passwordHash: "x" });

  expect(await res.json()).toMatchObject({ id: ada.id, username: ada.username, isVerified: false });
});

test("others see the public part of a profile only", async () => {
  const [ada, bob] = [await aUser(), await aUser()];
  await update(ada, { phoneNumber: "+44 20 7946 0000" });

  const res = await ask(getUser, "GET", `/api/users/${ada.id}`, { as: bob });

  expect(res.status).toBe(200);
  expect(Object.keys(await res.json()).sort())
    .toEqual(["avatarUrl", "bio", "displayName", "id", "lastSeen", "status", "username"]);
});

test("somebody who does not exist is 404", async () => {
  const res = await ask(getUser, "GET", `/api/users/${crypto.randomUUID()}`, { as: await aUser() });

  expect(res.status).toBe(404);
  expect(await res.json()).toMatchObject({ type: "/problems/user-not-found" });
});

test("people are found by part of a username or display name, the best match first", async () => {
  const unique = crypto.randomUUID().slice(0, 8);
  const [exact, longer, shown] = [await aUser(unique), await aUser(`${unique}-2`), await aUser()];
  await update(shown, { displayName: `The ${unique} fan` });

  const res = await ask(searchUsers, "GET", `/api/users?q=${unique}`, { as: exact });

  const { users } = await res.json() as { users: User[] };
  expect(users.map(({ id }) => id)).toEqual([exact.id, longer.id, shown.id]);
});

test("signs that mean something to like are only characters here", async () => {
  const ada = await aUser();

  for (const q of ["%", "_", "\\", "%_%"]) {
    const res = await ask(searchUsers, "GET", `/api/users?q=${encodeURIComponent(q)}`, { as: ada });
    expect(res.status).toBe(200);
    expect((await res.json()).users).toEqual([]);
  }
});

test("people are fetched by id in one request, those that exist", async () => {
  const [ada, bob] = [await aUser(), await aUser()];

  const res = await ask(searchUsers, "GET", `/api/users?ids=${ada.id},${crypto.randomUUID()},${bob.id}`, { as: ada });

  const { users } = await res.json() as { users: User[] };
  expect(users.map(({ id }) => id).sort()).toEqual([ada.id, bob.id].sort());
});

test.each([
  "",
  "?q=%20",
  "?q=a&ids=00000000-0000-4000-8000-000000000000",
  "?ids=x",
  "?q=a%00b",
  `?ids=${Array.from({ length: 101 }, () => crypto.randomUUID()).join()}`,
])("refuses a search for %s with 400", async (search) => {
  const res = await ask(searchUsers, "GET", `/api/users${search}`, { as: await aUser() });

  expect(res.status).toBe(400);
});
