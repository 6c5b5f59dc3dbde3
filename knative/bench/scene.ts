import { exportJWK, generateKeyPair, type JWK, SignJWT } from "jose";
import process from "node:process";
import type { Message, Room } from "../../functions/chat/model.ts";
import { type FunctionName, functions } from "../../functions/registry.ts";

/** Who and what a first request is about: an owner with a room of three, a message in it, and somebody to invite. */
export interface Scene {
  token: string;
  room: string;
  message: string;
  member: string;
  stranger: string;
}

/** Who signs the tokens: the key set a function fetches, and a way to sign. */
export interface Issuer {
  keys: JWK[];
  sign: (subject: string) => Promise<string>;
}

export async function makeIssuer(issuer: () => string): Promise<Issuer> {
  const { publicKey, privateKey } = await generateKeyPair("EdDSA", { extractable: true });
  return {
    keys: [{ ...await exportJWK(publicKey), alg: "EdDSA", kid: "bench", use: "sig" }],
    sign: (subject) =>
      new SignJWT({ preferred_username: `user-${subject.slice(0, 13)}` })
        .setProtectedHeader({ alg: "EdDSA", kid: "bench" })
        .setSubject(subject).setIssuer(issuer()).setAudience("parley-api").setExpirationTime("15m")
        .sign(privateKey),
  };
}

/** Ask a function in this process. Throws unless it answers well. */
async function ask(name: FunctionName, method: string, path: string, token: string, body?: unknown): Promise<unknown> {
  const res: Response = await functions[name].request(path, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!res.ok) throw new Error(`Cannot set the scene: ${name} answers ${res.status} ${await res.text()}`);
  return res.status === 204 ? undefined : await res.json();
}

/** Make a scene of its own, through the functions themselves. `settings` join this process's environment. */
export async function makeScene(settings: Record<string, string>, { sign }: Issuer): Promise<Scene> {
  Object.assign(process.env, settings);
  const ids = Array.from({ length: 3 }, () => crypto.randomUUID()) as [string, string, string];
  const tokens = await Promise.all(ids.map(sign)) as [string, string, string];
  await Promise.all(tokens.map((token) => ask("user/get-me", "GET", "/api/me", token)));
  const [, member, stranger] = ids;
  const [token] = tokens;
  const room = await ask("chat/create-room", "POST", "/api/rooms", token, {
    roomType: "group",
    name: "A room",
    participantIds: [member],
  }) as Room;
  const message = await ask("chat/send-message", "POST", `/api/rooms/${room.id}/messages`, token, {
    id: crypto.randomUUID(),
    content: "hello",
  }) as Message;
  return { token, room: room.id, message: message.id, member, stranger };
}
