import { expect, test } from "vitest";
import { aUser, type Person } from "../world.ts";
import { askedIn, askFor, inWords, operationOf, operations } from "./asking.ts";
import { forgeries } from "./forgeries.ts";
import { aScene, stateOf } from "./scene.ts";
import { table } from "./table.ts";

/** The access token in a cookie, which browsers send along on anyone's behalf. */

const own = { "x-parley": "1", origin: "http://localhost:8080" };
const cookieOf = ({ token }: Pick<Person, "token">) => ({ cookie: `parley-access=${token}` });

const changing = operations.filter(({ name, method }) => !name.startsWith("auth/") && method !== "GET");

test.each(changing.map(({ name }) => name))(
  "%s refuses a change made with a cookie from another site",
  async (name) => {
    const scene = await aScene();
    const { owner } = scene.people;
    const before = await stateOf(scene);
    const elsewhere: Record<string, string>[] = [
      {},
      { origin: own.origin },
      { "x-parley": "1" },
      { ...own, "x-parley": "true" },
      { ...own, origin: "https://evil.example" },
      { ...own, origin: "http://localhost:8080.evil.example" },
      { ...own, origin: "https://localhost:8080" },
      { ...own, origin: "http://localhost" },
      { ...own, origin: "null" },
      { ...own, origin: "" },
      { "x-parley": "1", referer: own.origin },
    ];

    for (const headers of elsewhere) {
      const asked = askedIn(table[name][0], scene, owner);
      const res = await askFor(operationOf(name), asked, { headers: { ...cookieOf(owner), ...headers } });
      expect(await inWords(res, operationOf(name)), JSON.stringify(headers)).toBe("403 cross-site");
    }

    expect(await stateOf(scene)).toEqual(before);
  },
);

test.each(
  [
    ["chat/send-message", 201],
    ["chat/update-room", 200],
    ["chat/save-participant", 201],
    ["chat/react", 204],
    ["user/update-me", 200],
    ["user/deactivate-me", 204],
  ] as const,
)("%s takes a cookie from our own pages", async (name, status) => {
  const scene = await aScene();
  const { owner } = scene.people;

  const asked = askedIn(table[name][0], scene, owner);
  const res = await askFor(operationOf(name), asked, { headers: { ...cookieOf(owner), ...own } });

  expect(res.status).toBe(status);
});

test("reading with a cookie needs no header", async () => {
  const res = await askFor(operationOf("user/get-me"), {}, { headers: cookieOf(await aUser()) });

  expect(res.status).toBe(200);
});

test.each(Object.entries(forgeries))("a cookie with %s opens nothing", async (_, forge) => {
  const { id } = await aUser();

  for (const name of ["user/get-me", "user/update-me"] as const) {
    const headers = { ...cookieOf({ token: await forge(id) }), ...own };
    const res = await askFor(operationOf(name), name === "user/get-me" ? {} : { body: {} }, { headers });
    expect(await inWords(res, operationOf(name))).toBe("401 not-signed-in");
  }
});

test("who shows both is who the bearer token says; a bad one is not made good by a cookie", async () => {
  const [ada, eve] = [await aUser(), await aUser()];
  const asked = (token: string) =>
    askFor(operationOf("user/get-me"), {}, { headers: { ...cookieOf(ada), authorization: `Bearer ${token}` } });

  const [both, bad] = [await asked(eve.token), await asked(await forgeries["alg none"](eve.id))];

  expect(await both.json()).toMatchObject({ id: eve.id });
  expect(bad.status).toBe(401);
});

test.each(["Basic", "bearer:", "Token", "DPoP"])("another scheme (%s) is no bearer token", async (scheme) => {
  const { token } = await aUser();

  const res = await askFor(operationOf("user/get-me"), {}, { headers: { authorization: `${scheme} ${token}` } });

  expect(res.status).toBe(401);
});
