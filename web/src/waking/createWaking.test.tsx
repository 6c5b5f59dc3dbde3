import { render } from "@solidjs/testing-library";
import path from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { describe } from "../../../functions/lib/fn.ts";
import { functions } from "../../../functions/registry.ts";
import { wakePath } from "../../../functions/web/waking.ts";
import { App } from "../App.tsx";
import { makePageLock } from "../session/Lock.ts";
import { ada, me } from "../testing/people.ts";
import { aServer } from "../testing/renderParley.tsx";
import { makeTestClock } from "../time/makeTestClock.ts";
import { woken } from "./woken.ts";

const roomId = "00000000-0000-7000-8000-0000000000a1";

/** The health paths of those operations that requests such as "GET /api/rooms" are for. */
function operationsOf(requests: string[]): string[] {
  const all = Object.entries(functions).map(([file, app]) => ({ file, ...describe(app) }));
  const found = requests.filter((request) => !request.includes("/healthz/")).map((request) => {
    const [method, pathname] = request.split(" ");
    const [exact] = all.filter((one) => one.method === method && one.path === pathname);
    const pattern = (route: string) => new RegExp(`^${route.replaceAll(/:\w+/g, "[^/]+")}$`);
    const operation = exact ?? all.find((one) => one.method === method && pattern(one.path).test(pathname!));
    return operation ? wakePath(path.basename(operation.file)) : request;
  });
  return [...new Set(found)].sort();
}

/** A server with a conversation that has something new, for a browser whose access token has expired, if it had one. */
async function visit({ isSignedIn = true } = {}) {
  history.replaceState(null, "", `/rooms/${roomId}`);
  localStorage.clear();
  const server = aServer();
  server.room(roomId, [me.id, ada.id], { roomType: "direct", name: null });
  server.say(roomId, "Dinner at eight?");
  const { api } = server;
  const answers: Record<string, () => unknown> = {
    "GET /api/me": () => me,
    "GET /api/contacts": () => ({ contacts: [], cursor: null }),
    "GET /api/users": () => ({ users: [ada] }),
    "GET /api/presence": () => ({ presence: [] }),
    "PUT /api/presence": () => ({ userId: me.id, status: "online", lastSeen: me.createdAt }),
    "GET /api/rooms": () => api.listRooms(),
    [`GET /api/rooms/${roomId}`]: () => api.getRoom(roomId),
    [`GET /api/rooms/${roomId}/messages`]: () => api.listMessages(roomId, { limit: 50 }),
    [`PUT /api/rooms/${roomId}/read-marker`]: () => ({ lastReadSeq: 1 }),
  };
  const requests: string[] = [], inits: RequestInit[] = [];
  let isFresh = false;

  const fetch: typeof globalThis.fetch = async (input, init = {}) => {
    const request = `${init.method ?? "GET"} ${new URL(String(input), location.href).pathname}`;
    requests.push(request);
    if (request.includes("/healthz/")) inits.push(init);
    if (request === "POST /auth/refresh") {
      isFresh = isSignedIn;
      return new Response("{}", { status: isSignedIn ? 200 : 401 });
    }
    if (request.includes(" /api/") && !isFresh) return new Response("{}", { status: 401 });
    if (request === "GET /api/events") return new Response(`data: ${JSON.stringify(server.hello())}\n\n`);
    return Response.json(await answers[request]?.() ?? {});
  };
  const clock = makeTestClock();
  render(() => <App platform={{ fetch, clock, lock: makePageLock() }} />);
  const before = [...requests];
  await clock.advance(2_000);
  const wakings = () => requests.filter((request) => request.includes("/healthz/")).map((request) => request.slice(4));
  return { requests, before, inits, wakings, clock };
}

afterEach(() => vi.restoreAllMocks());

test("what is woken with a visit is what the client asks for by itself, and nothing else", async () => {
  const { requests, wakings } = await visit();

  expect(operationsOf(requests)).toEqual([...woken.visit].sort());
  expect(wakings()).toEqual(woken.visit);
});

test("who is not signed in wakes what signing in will ask for too", async () => {
  const { wakings } = await visit({ isSignedIn: false });

  expect(wakings()).toEqual([...woken.visit, ...woken["sign-in"]]);
});

test("nobody waits for what wakes up: it is asked behind who I am, without cookies, and last of all", async () => {
  const { before, inits } = await visit();

  expect(before).toEqual(["GET /api/me", ...woken.visit.map((path) => `GET ${path}`)]);
  for (const init of inits) expect(init).toEqual({ priority: "low", credentials: "omit", cache: "no-store" });
});

test("who comes back after long wakes it again, and who looked away does not", async () => {
  const { wakings, clock } = await visit();
  const look = vi.spyOn(document, "visibilityState", "get");
  async function leaveFor(ms: number) {
    for (const state of ["hidden", "visible"] as const) {
      look.mockReturnValue(state);
      document.dispatchEvent(new Event("visibilitychange"));
      if (state === "hidden") await clock.advance(ms);
    }
  }

  await leaveFor(60_000);
  const soon = wakings().length;
  await leaveFor(10 * 60_000);

  expect([soon, wakings().length]).toEqual([woken.visit.length, 2 * woken.visit.length]);
});
