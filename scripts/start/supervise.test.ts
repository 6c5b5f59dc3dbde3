import { expect, test, vi } from "vitest";
import { supervise } from "./supervise.ts";

/** A server that ends when told to. */
function makeServer() {
  let end = () => {};
  const exited = new Promise<string>((ended) => end = () => ended(""));
  return { exited, end, stop: vi.fn(() => Promise.resolve(end())) };
}

async function watched(start = () => Promise.resolve(makeServer())) {
  const servers: ReturnType<typeof makeServer>[] = [];
  const fell = vi.fn();
  const lost = vi.fn();
  const one = await supervise("Redis", async () => {
    const server = await start();
    servers.push(server);
    return server;
  }, { fell, lost });
  const settle = () => new Promise((done) => setTimeout(done, 5));
  return { one, servers, fell, lost, settle };
}

test("supervise() starts a server again when it ends unasked", async () => {
  const { servers, fell, settle } = await watched();

  servers[0]!.end();
  await settle();

  expect(servers).toHaveLength(2);
  expect(fell).toHaveBeenCalledWith("Redis ended unasked and is started again");
});

test("supervise() lets a server end that was asked to, the newest one", async () => {
  const { one, servers, lost, settle } = await watched();
  servers[0]!.end();
  await settle();

  await one.stop();
  await settle();

  expect(servers).toHaveLength(2);
  expect(servers[1]!.stop).toHaveBeenCalledOnce();
  expect(lost).not.toHaveBeenCalled();
});

test("supervise() gives up a server that falls four times within a minute", async () => {
  const { servers, lost, settle } = await watched();

  for (let i = 0; i < 4; i++) {
    servers.at(-1)!.end();
    await settle();
  }

  expect(servers).toHaveLength(4);
  expect(lost.mock.calls[0]![0].message).toBe("Cannot go on: Redis ended 4 times within a minute");
});
