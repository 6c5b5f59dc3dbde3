import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Command } from "./contract.ts";
import { openJournal } from "./journal.ts";
import { memoryUpstream } from "./memory.ts";

let folder: string;
beforeAll(() => void (folder = mkdtempSync(path.join(tmpdir(), "journal-"))));
afterAll(() => rmSync(folder, { recursive: true }));
const newFile = () => path.join(folder, crypto.randomUUID());

const lines = (file: string) => readFileSync(file, "utf8").split("\n").length - 1;

/** Live once with a journal: run the commands, then crash (nothing is closed). */
async function live(file: string, ...commands: Command[]) {
  const { saved, onChange } = openJournal(file);
  const upstream = memoryUpstream({ saved, onChange });
  const replies = [];
  for (const command of commands) replies.push(await upstream.command(command));
  return replies;
}

describe("A journal", () => {
  it("brings strings back with the time they have left", async () => {
    const file = newFile();
    await live(
      file,
      ["SET", "session", "me\n✓", "EX", "60"],
      ["SET", "gone", "x"],
      ["GETDEL", "gone"],
      ["MSET", "a", "1", "b", "2"],
      ["INCR", "a"],
      ["DEL", "b"],
      ["RENAME", "a", "c"],
      ["SET", "brief", "x", "PX", "30"],
      ["SET", "kept", "x", "EX", "60"],
      ["PERSIST", "kept"],
      ["HSET", "hash", "not", "kept"],
    );
    await new Promise((done) => setTimeout(done, 40));

    const replies = await live(
      file,
      ["MGET", "session", "gone", "b", "a", "c", "brief"],
      ["TTL", "session"],
      ["TTL", "kept"],
      ["DBSIZE"],
    );

    expect(replies).toEqual([["me\n✓", null, null, null, "2", null], 60, -1, 3]);
  });

  it("remembers nothing of what scripts write, and forgets all when told", async () => {
    const file = newFile();
    await live(file, ["EVAL", "return redis.call('SET', KEYS[1], '1')", "1", "counter"], ["SET", "a", "1"]);
    expect(await live(file, ["KEYS", "*"], ["FLUSHALL"])).toEqual([["a"], "OK"]);

    expect(await live(file, ["DBSIZE"])).toEqual([0]);
  });

  it("hears of transactions too", async () => {
    const file = newFile();
    const { saved, onChange } = openJournal(file);
    await memoryUpstream({ saved, onChange }).multi([["SET", "a", "1"], ["INCR", "a"]]);

    expect(openJournal(file).saved).toEqual([{ key: "a", value: "2", expiresAt: null }]);
  });

  it("forgives a last line cut off by a crash", async () => {
    const file = newFile();
    await live(file, ["SET", "a", "1"], ["SET", "b", "2"]);
    appendFileSync(file, '{"key":"c","value":"3","exp');

    expect(await live(file, ["MGET", "a", "b", "c"], ["SET", "d", "4"])).toEqual([["1", "2", null], "OK"]);
    expect(await live(file, ["MGET", "a", "d"])).toEqual([["1", "4"]]);
  });

  it("is for its owner's eyes, also where a careless file was before", () => {
    const file = newFile();
    writeFileSync(file, "", { mode: 0o644 });

    openJournal(file).close();

    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it("stays small", async () => {
    const file = newFile();
    await live(file, ...Array.from({ length: 2_500 }, (_, i): Command => ["SET", "a", `${i}`]));

    expect(lines(file)).toBeLessThan(1_000);
    expect(await live(file, ["GET", "a"])).toEqual(["2499"]);
    expect(lines(file)).toBe(1);
  });
});
