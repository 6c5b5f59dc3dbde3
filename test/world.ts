import { Hono } from "hono";
import { importJWK, SignJWT } from "jose";
import type { Sql } from "postgres";
import { inject } from "vitest";
import type { Room } from "../functions/chat/model.ts";
import createRoom from "../functions/chat/create-room.ts";
import { chatDb, userDb } from "../functions/lib/database.ts";
import { clientOf } from "../functions/lib/needs.ts";
import "./context.ts";
import { keepsContract } from "./contract.ts";

/** People, rooms and requests for tests: each test makes its own, so that they run side by side and clean up nothing. */

export interface Person {
  id: string;
  username: string;
  token: string;
}

/** An app as tests see it: through its front door. */
// deno-lint-ignore no-explicit-any -- any function's environment
type App = Hono<any, any, any>;

interface Asked {
  as?: Person;
  body?: unknown;
  headers?: Record<string, string>;
}

/** The claims of a valid token; a test overrides the one it makes wrong. */
export interface Claims {
  sub?: string;
  iss?: string;
  aud?: string;
  exp?: number | string;
  preferred_username?: string;
  email?: string;
  email_verified?: boolean;
  name?: string;
}

/** A token signed by the test issuer's key. */
export async function aToken({ iss, aud = "parley-api", exp = "5m", ...claims }: Claims): Promise<string> {
  const key = await importJWK(inject("signingKey"), "EdDSA");
  return await new SignJWT({ ...claims })
    .setProtectedHeader({ alg: "EdDSA", kid: "test" })
    .setIssuer(iss ?? inject("settings")["OIDC_ISSUER"]!)
    .setAudience(aud)
    .setExpirationTime(exp)
    .sign(key);
}

/** Somebody with an account, signed in. */
export async function aUser(name = `user-${crypto.randomUUID().slice(0, 13)}`): Promise<Person> {
  const sql = clientOf(userDb);
  const id = crypto.randomUUID();
  await sql`
    with made as (insert into users (id, username, email) values (${id}, ${name}, ${`${name}@example.org`}))
    insert into user_profiles (user_id, display_name) values (${id}, ${name})
  `;
  return { id, username: name, token: await aToken({ sub: id, preferred_username: name }) };
}

/** `count` people with accounts. */
export const users = (count: number): Promise<Person[]> => Promise.all(Array.from({ length: count }, () => aUser()));

/**
 * Ask a function, as somebody or as nobody. A string body goes out as it is. What an operation answers must be what the
 * API's document says of it.
 */
export async function ask(app: App, method: string, path: string, { as, body, headers }: Asked = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const res: Response = await app.request(path, {
    method,
    headers: {
      ...(as && { authorization: `Bearer ${as.token}` }),
      ...(body !== undefined && { "content-type": "application/json" }),
      ...headers,
    },
    ...(body !== undefined && { body: text }),
  });
  await keepsContract(method, path, res);
  return res;
}

/** A group room of these people, the first of them its owner. */
export async function aRoom(owner: Person, ...others: Person[]): Promise<Room> {
  const participantIds = others.map(({ id }) => id);
  const body = { roomType: "group", name: "A room", participantIds };
  const res = await ask(createRoom, "POST", "/api/rooms", { as: owner, body });
  if (res.status !== 201) throw new Error(`Cannot make a room: ${res.status} ${await res.text()}`);
  return await res.json() as Room;
}

/** A message as a client would send it. */
export const aMessage = (content = "hello") => ({ id: crypto.randomUUID(), content });

/** chat-service-db as the tests look into it. */
export const chat = (): Sql => clientOf(chatDb);
