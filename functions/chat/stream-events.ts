import { chatDb } from "../lib/database.ts";
import { fn } from "../lib/fn.ts";
import { redis } from "../lib/redis.ts";
import { signedIn } from "../lib/session.ts";
import { hubOf } from "./hub.ts";
import { StreamEvent } from "./model.ts";

/** A stream lives at most this long, in seconds, and never longer than the access token it was opened with. */
const longestSeconds = 540;

/**
 * Everything that happens in the caller's rooms, as server-sent events: first `hello` with where each room stands, then
 * events as they happen, and every 15 s a `heartbeat` with the rooms that moved. A stream ends with its token; the
 * client opens the next one, compares `hello` with what it knows and asks get-changes for the rest.
 */
export default fn({
  needs: [chatDb, redis],
  answers: { 200: { contentType: "text/event-stream", parts: StreamEvent } },
  problems: ["account-deactivated"],
  scale: { max: 10, target: 400, hot: true },
  timeoutSeconds: 600,
  wokenAt: "visit",
})
  .get("/api/events", signedIn, async (c) => {
    const { sql, redis, me } = c.var;
    const endsAt = Math.min(me.expiresAt, Date.now() + longestSeconds * 1000);
    await sql`select require_active(${me.id})`;
    const body = await hubOf(sql, redis).listen(me.id, endsAt);
    return c.body(body, 200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    });
  });
