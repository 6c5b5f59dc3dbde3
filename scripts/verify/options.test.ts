import { expect, test } from "vitest";
import { readOptions } from "./options.ts";

const url = ["--url", "https://chat.example.org"];
const read = (args: string[], env = {}) => {
  const options = readOptions(args, env);
  if (options === "help") throw new Error("nobody asked for help");
  return options;
};

test("an address is all that it takes", () => {
  expect(read(url)).toMatchObject({ people: undefined, samples: 20, idleMinutes: 5, namespace: "app" });
});

test("on this machine no cluster is asked, unless it shall be", () => {
  expect(read(["--url", "http://localhost:8080"]).idleMinutes).toBe(0);
  expect(read(["--url", "http://localhost:8080", "--idle-minutes", "3"]).idleMinutes).toBe(3);
});

test("people come from flags, or from the environment, and their passwords may have anything in them", () => {
  const people = [{ username: "ada", password: "a:b c" }, { username: "grace", password: "g" }];

  expect(read([...url, "--user", "ada:a:b c", "--user", "grace:g"]).people).toEqual(people);
  expect(read(url, { VERIFY_USER_1: "ada:a:b c", VERIFY_USER_2: "grace:g" }).people).toEqual(people);
});

test.each([
  ["no address", []],
  ["an address that is none", ["--url", "chat.example.org"]],
  ["one person", [...url, "--user", "ada:a"]],
  ["the same person twice", [...url, "--user", "ada:a", "--user", "ada:a"]],
  ["somebody without a password", [...url, "--user", "ada", "--user", "grace:g"]],
  ["a number that is none", [...url, "--samples", "many"]],
  ["what nobody knows", [...url, "--force"]],
])("%s is told in one sentence", (_, args) => {
  expect(() => readOptions(args, {})).toThrow(/^Cannot verify: /);
});
