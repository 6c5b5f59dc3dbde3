import postgres from "postgres";
import type { House } from "./house.ts";

/** Somebody with an account, signed in for the whole run. */
export interface Person {
  id: string;
  token: string;
}

/** A room, its owner, and who is in it when the run begins, the owner included. */
export interface Place {
  roomId: string;
  owner: Person;
  people: Person[];
}

/** Make `count` people with accounts and tokens that last `seconds`. */
export async function makePeople({ userUrl, issuer }: House, count: number, seconds: number): Promise<Person[]> {
  const sql = postgres(userUrl, { max: 1 });
  const ids = Array.from({ length: count }, () => crypto.randomUUID());
  try {
    await sql`insert into users (id, username) select id, id::text from unnest(${ids}::uuid[]) as person (id)`;
    await sql`insert into user_profiles (user_id, display_name) select id, 'Somebody' from users`;
  } finally {
    await sql.end();
  }
  return await Promise.all(ids.map(async (id) => ({ id, token: await issuer.token(id, seconds) })));
}

/** Make a group room of these people, the first of them its owner. */
export async function makeRoom({ router }: House, people: Person[]): Promise<Place> {
  const [owner, ...others] = people as [Person, ...Person[]];
  const answer = await router.fetch("/api/rooms", {
    method: "POST",
    headers: { authorization: `Bearer ${owner.token}`, "content-type": "application/json" },
    body: JSON.stringify({ roomType: "group", name: "A room", participantIds: others.map(({ id }) => id) }),
  });
  if (answer.status !== 201) throw new Error(`Cannot make a room: ${answer.status} ${await answer.text()}`);
  const { id: roomId } = await answer.json() as { id: string };
  return { roomId, owner, people };
}
