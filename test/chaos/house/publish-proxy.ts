import { listen, type Listener } from "../../../scripts/start/listen.ts";
import type { Random } from "../random.ts";
import { makePassages, type Passages } from "./passages.ts";

type Command = (string | number)[];
type Reply = { result: unknown } | { error: string };

/** What may happen to one PUBLISH; the shares of each, from 0 to 1. */
export interface Mischief {
  dropped: number;
  duplicated: number;
  delayed: number;
  /** The longest delay, in milliseconds: others overtake what is delayed. */
  delayMs: number;
}

export interface PublishProxy extends Listener {
  mischief: Mischief;
  /** The subscriptions that are open. */
  subscriptions: Passages;
}

/** An event. Not the beat by which a hub proves that it hears: losing it would give the loss away at once. */
const isEvent = ([name, , payload]: Command) => `${name}`.toUpperCase() === "PUBLISH" && payload !== "beat";

/**
 * Stands between the functions and the Redis gateway at `gatewayUrl`, and passes everything on: pipelines and
 * subscriptions. What it is told to do to publishes, it does to each by chance. Deno only.
 */
export function startPublishProxy(gatewayUrl: string, random: Random): PublishProxy {
  const mischief: Mischief = { dropped: 0, duplicated: 0, delayed: 0, delayMs: 0 };
  const subscriptions = makePassages();

  async function forward(headers: Headers, commands: Command[]): Promise<Response> {
    return await fetch(`${gatewayUrl}/pipeline`, { method: "POST", headers, body: JSON.stringify(commands) });
  }

  /** Publish later, when nobody waits for it. */
  function postpone(headers: Headers, command: Command) {
    const late = async () => void await (await forward(headers, [command])).body?.cancel();
    setTimeout(() => void late().catch(() => {}), random.int(1, mischief.delayMs));
  }

  /** What of this command goes to Redis now: nothing, itself, or itself twice. */
  function spoil(headers: Headers, command: Command): Command[] {
    if (!isEvent(command)) return [command];
    if (random.chance(mischief.dropped)) return [];
    if (random.chance(mischief.delayed)) {
      postpone(headers, command);
      return [];
    }
    return random.chance(mischief.duplicated) ? [command, command] : [command];
  }

  async function pipeline(request: Request): Promise<Response> {
    const headers = headersOf(request);
    const spoiled = (await request.json() as Command[]).map((command) => spoil(headers, command));
    const sent = spoiled.flat();
    if (sent.length === 0) return Response.json(spoiled.map((): Reply => ({ result: 0 })));
    const answer = await forward(headers, sent);
    const replies = await answer.json() as Reply[] | { error: string };
    if (!Array.isArray(replies)) return Response.json(replies, { status: answer.status });
    return Response.json(spoiled.map(({ length }): Reply => replies.splice(0, length)[0] ?? { result: 0 }));
  }

  async function subscribe(request: Request, path: string): Promise<Response> {
    const answer = await fetch(gatewayUrl + path, { headers: headersOf(request) });
    if (!answer.ok || !answer.body) return answer;
    return new Response(subscriptions.pass(answer.body), { headers: { "content-type": "text/event-stream" } });
  }

  const listener = listen(0, async (request) => {
    const { pathname } = new URL(request.url);
    try {
      if (pathname === "/pipeline") return await pipeline(request);
      if (pathname.startsWith("/subscribe/")) return await subscribe(request, pathname);
    } catch {
      return Response.json({ error: "The gateway is away" }, { status: 502 });
    }
    return Response.json({ error: "Not asked for by any function" }, { status: 404 });
  });
  return { ...listener, mischief, subscriptions };
}

const headersOf = ({ headers }: Request) =>
  new Headers([...headers].filter(([name]) => /^(authorization|content-type|accept|upstash-.*)$/.test(name)));
