import { render, screen } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { App } from "./App.tsx";
import { makePageLock } from "./session/Lock.ts";
import { me } from "./testing/people.ts";
import { makeTestClock } from "./time/makeTestClock.ts";

/** A browser at `path`, before a server whose answers are [status, body] by method and path; 404 for anything else. */
async function aBrowser(path: string, answers: Record<string, [number, unknown?]>) {
  history.replaceState(null, "", path);
  localStorage.clear();
  const clock = makeTestClock();
  const server: typeof fetch = (input, init) => {
    const { pathname } = new URL(String(input), location.href);
    const [status, body] = answers[`${init?.method ?? "GET"} ${pathname}`] ?? [404];
    return Promise.resolve(new Response(body === undefined ? null : JSON.stringify(body), { status }));
  };
  render(() => <App platform={{ fetch: server, clock, lock: makePageLock() }} />);
  await clock.advance(100);
  return { clock, answers };
}
const mine = {
  "GET /api/me": [200, me],
  "GET /api/rooms": [200, { rooms: [], cursor: null }],
  "GET /api/contacts": [200, { contacts: [], cursor: null }],
} as const satisfies Record<string, [number, unknown]>;
const signedOut = { "GET /api/me": [401], "POST /auth/refresh": [401] } as const satisfies Record<string, [number]>;

test("who is not signed in is asked to, and comes back to the same page", async () => {
  await aBrowser("/rooms/42?x=1", { ...signedOut });

  const signIn = screen.getByRole("link", { name: "Sign in" });
  const create = screen.getByRole("link", { name: "Create account" });

  expect(signIn).toHaveAttribute("href", "/auth/login?return_to=%2Frooms%2F42%3Fx%3D1");
  expect(create).toHaveAttribute("href", "/auth/login?return_to=%2Frooms%2F42%3Fx%3D1&prompt=create");
});

test("who is signed in sees their rooms", async () => {
  await aBrowser("/", { ...mine });

  expect(screen.getByRole("heading", { name: "Hello, Mary Somerville." })).toBeInTheDocument();
});

test("a server that is starting is waited for, and signs nobody out", async () => {
  const { clock, answers } = await aBrowser("/", { "GET /api/me": [503] });

  await clock.advance(5_000);
  const meanwhile = screen.getByRole("status").textContent;
  Object.assign(answers, mine);
  await clock.advance(60_000);

  expect(meanwhile).toBe("Parley does not answer yet. Still trying…");
  expect(screen.getByRole("heading", { name: "Hello, Mary Somerville." })).toBeInTheDocument();
});

test("whose account is no more is not signed in", async () => {
  await aBrowser("/", { "GET /api/me": [403] });

  expect(screen.getByRole("link", { name: "Sign in" })).toBeInTheDocument();
});

test("signing out in one tab signs the others out", async () => {
  const { clock, answers } = await aBrowser("/", { ...mine });
  Object.assign(answers, signedOut);
  localStorage.removeItem("parley:user");

  dispatchEvent(new StorageEvent("storage", { key: "parley:user", newValue: null }));
  await clock.advance(100);

  expect(screen.getByRole("link", { name: "Sign in" })).toBeInTheDocument();
});

test("another person signing in by another tab takes over this one", async () => {
  const { clock, answers } = await aBrowser("/", { ...mine });
  const ada = { ...me, id: "00000000-0000-7000-8000-000000000001", displayName: "Ada Lovelace" };
  answers["GET /api/me"] = [200, ada];
  localStorage.setItem("parley:user", ada.id);

  dispatchEvent(new StorageEvent("storage", { key: "parley:user", newValue: ada.id }));
  await clock.advance(100);

  expect(screen.getByRole("heading", { name: "Hello, Ada Lovelace." })).toBeInTheDocument();
});
