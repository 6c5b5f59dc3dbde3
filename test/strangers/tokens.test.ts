import { importJWK, SignJWT } from "jose";
import { expect, inject, test, vi } from "vitest";
import { aUser } from "../world.ts";
import { askFor, inWords, operationOf } from "./asking.ts";

/** Tokens that are valid and yet not what we would wish: outlived, or of somebody whom the provider named strangely. */

async function aTokenOf(claims: Record<string, unknown>): Promise<string> {
  const key = await importJWK(inject("signingKey"), "EdDSA");
  const exp = Math.floor(Date.now() / 1000) + 300;
  return await new SignJWT({ iss: inject("settings")["OIDC_ISSUER"]!, aud: "parley-api", exp, ...claims })
    .setProtectedHeader({ alg: "EdDSA", kid: "test" })
    .sign(key);
}

test("a token that was good is not remembered longer than it lives", async () => {
  const { id } = await aUser();
  const headers = { authorization: `Bearer ${await aTokenOf({ sub: id })}` };
  const ask = async () =>
    await inWords(await askFor(operationOf("user/get-me"), {}, { headers }), operationOf("user/get-me"));
  const answers = [await ask(), await ask()];

  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 310_000 });
  answers.push(await ask(), await ask());
  vi.useRealTimers();

  expect(answers).toEqual(["200", "200", "401 not-signed-in", "401 not-signed-in"]);
});

const names: Record<string, Record<string, unknown>> = {
  "NUL in the username": { preferred_username: "a\0b" },
  "NUL in the name": { name: "a\0b" },
  "NUL in the address": { email: "a\0@example.org" },
  "a lone surrogate": { preferred_username: "\ud800", name: "\udfff" },
  "nothing that can be seen": { preferred_username: "\u200b", name: "\u200b\u202e" },
  "white space": { preferred_username: " ", name: " \n " },
  "no name at all": { preferred_username: "", name: "", email: "" },
  "256 characters": { preferred_username: "x".repeat(256) },
  "10 000 characters": { preferred_username: "x".repeat(10_000), name: "😀".repeat(10_000) },
  "a long address": { email: `${"x".repeat(5_000)}@example.org` },
  "a list": { preferred_username: ["a"], name: ["a"], email: ["a"] },
  "an object": { preferred_username: {}, name: { toString: 1 }, email: { a: 1 } },
  "numbers": { preferred_username: 1, name: 2, email: 3, email_verified: "true" },
  "SQL": { preferred_username: `${crypto.randomUUID()}'; drop table users; --` },
};

test.each(Object.entries(names))("somebody new whose token has %s gets a clear answer", async (_, claims) => {
  const { id: userId } = await aUser();
  const asks = [
    ["user/get-me", {}],
    ["user/update-me", { body: { bio: "new" } }],
    ["user/set-presence", { body: { status: "online" } }],
    ["user/save-contact", { userId, body: {} }],
    ["chat/create-room", { body: { roomType: "group", name: "First" } }],
    ["user/deactivate-me", {}],
  ] as const;

  for (const [name, asked] of asks) {
    const sub = crypto.randomUUID();
    const unique = { preferred_username: sub, ...claims };
    const headers = { authorization: `Bearer ${await aTokenOf({ sub, ...unique })}` };
    const answer = await inWords(await askFor(operationOf(name), asked, { headers }), operationOf(name));
    expect.soft(answer, name).toMatch(/^(20[014]|400 invalid-request|409 username-taken)$/);
  }
});
