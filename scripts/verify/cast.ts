import { must, type Try } from "./checks.ts";
import type { Actor } from "./conversation/scene.ts";
import type { Journal } from "./journal.ts";
import { coldMsOf } from "./journal.ts";
import type { Credentials } from "./options.ts";
import { makePerson } from "./person.ts";
import { signIn, signUp } from "./sign-in/sign-in.ts";
import { makeVisitor } from "./sign-in/visitor.ts";

interface CastParts {
  base: URL;
  journal: Journal;
  /** Where every `Set-Cookie` is noted. */
  cookieLines: string[];
}

/** Somebody who has come in by the real sign-in: with these credentials, or newly signed up under a name like this. */
export async function enter({ base, journal, cookieLines }: CastParts, as: Credentials | string): Promise<Actor> {
  const visitor = makeVisitor();
  const isOurs = typeof as === "string";
  await (isOurs ? signUp(visitor, base, as) : signIn(visitor, base, as));
  cookieLines.push(...visitor.lines);
  for (const { pathname, response, ms } of visitor.passed) {
    const operation = pathname === "/auth/login" || pathname === "/auth/callback" ? pathname.slice(1) : undefined;
    const coldMs = coldMsOf(response.headers.get("server-timing"));
    if (operation) journal.add({ operation: operation as "auth/login", status: response.status, ms, coldMs });
  }
  const person = makePerson({ base, visitor, journal });
  const { body: me } = await person.call("user/get-me", {}, 200);
  must(typeof me.id === "string", "get-me does not say who this is");
  return { ...person, id: me.id, displayName: me.displayName, isOurs };
}

/** Leave everything as it was: rooms deleted, people who were made for this deactivated, everybody signed out. */
export async function leave(check: Try, actors: readonly Actor[], rooms: readonly string[]): Promise<void> {
  const [owner] = actors;
  await check("the rooms are gone", async () => {
    for (const roomId of rooms) await owner?.call("chat/delete-room", { param: { roomId } }, 204, 404);
    for (const actor of actors) {
      const { body } = await actor.call("chat/list-rooms", {}, 200);
      const left = body.rooms.filter(({ id }: { id: string }) => rooms.includes(id));
      must(left.length === 0, `${left.length} are still there`);
    }
    return `${rooms.length} rooms`;
  });

  await check("people who were made for this are deactivated, and everybody is signed out", async () => {
    const ours = actors.filter(({ isOurs }) => isOurs);
    for (const actor of ours) {
      await actor.call("user/deactivate-me", {}, 204);
      await actor.call("user/get-me", {}, 401, 403);
    }
    for (const actor of actors) await actor.call("auth/logout", {}, 204, 401);
    return `${ours.length} of ${actors.length} people`;
  });
}
