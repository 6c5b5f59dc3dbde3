import net, { type AddressInfo } from "node:net";
import process from "node:process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { problems } from "../../functions/lib/problem.ts";
import { randomSecret } from "../../functions/lib/secret.ts";
import { askedIn, askFor, inWords, operationOf, operations } from "./asking.ts";
import { aScene } from "./scene.ts";
import { table } from "./table.ts";

/** The API while Redis is away: whether its gateway is gone, or takes every call and never answers. */

let isSilent = false;
const calls = new Set<net.Socket>();
const gateway = net.createServer((socket) => {
  if (!isSilent) return void socket.destroy();
  calls.add(socket.on("error", () => {}).on("close", () => calls.delete(socket)));
  socket.resume();
});

/** Nothing has opened its client yet: those of this file are all made with this address. */
beforeAll(async () => {
  await new Promise<void>((done) => gateway.listen(0, "127.0.0.1", done));
  process.env["UPSTASH_REDIS_REST_URL"] = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
});
afterAll(() => {
  for (const socket of calls) socket.destroy();
  gateway.close();
});

const cases = operations.flatMap((operation) =>
  table[operation.name].map((of) =>
    [of.what ? `${operation.name}, ${of.what}` : operation.name, operation, of] as const
  )
);

const standings = { gone: ["owner", "member", "stranger", "deactivated"], silent: ["owner"] } as const;

for (const state of ["gone", "silent"] as const) {
  test.each(cases)(`with its gateway ${state}, %s answers as ever`, async (_, operation, of) => {
    isSilent = state === "silent";

    for (const standing of standings[state]) {
      const scene = await aScene();
      const as = scene.people[standing];
      const expected = of.answers[standing];

      const answer = await inWords(await askFor(operation, askedIn(of, scene, as), { as }), operation);

      expect(answer, standing).toBe(
        typeof expected === "number" ? `${expected}` : `${problems[expected][0]} ${expected}`,
      );
    }
  });

  test.each(["auth/refresh", "auth/logout"] as const)(`with its gateway ${state}, %s says so: 503`, async (name) => {
    isSilent = state === "silent";
    const cookie = `parley-session=${randomSecret()}.${randomSecret()}`;
    const headers = { cookie, "x-parley": "1", origin: "http://localhost:8080" };

    const res = await askFor(operationOf(name), {}, { headers });

    expect(await inWords(res, operationOf(name))).toBe("503 unavailable");
    expect(res.headers.get("retry-after")).toBe("1");
    expect(res.headers.get("set-cookie"), "the session is not lost").toBeNull();
  });
}
