import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { imageOf } from "../manifests/container.ts";
import { nextRelease, type Release } from "./moved.ts";
import { digestWith, runtimeOf } from "./runtime.ts";

const digest = (figure: string) => `sha256:${figure.repeat(64)}`;
const [first, second] = [`registry.example/parley@${digest("1")}`, `registry.example/parley@${digest("2")}`];

/** Graphs as they might be: two operations lean on one file of lib, the web client on none. */
const graphsOf = ({ send = "s", list = "l", lib = "e", web = "w" } = {}) => ({
  "chat/send-message": send + lib,
  "chat/list-rooms": list + lib,
  "user/get-me": "m",
  "web/serve": web,
});

const released = nextRelease({}, first, graphsOf()).release;

test("the first release moves everything", () => {
  const { release, moved } = nextRelease({}, first, graphsOf());

  expect(moved).toEqual(["chat/list-rooms", "chat/send-message", "user/get-me", "web/serve"]);
  expect(new Set(Object.values(release).map(({ image }) => image))).toEqual(new Set([digest("1")]));
});

test.each([
  ["send-message.ts", graphsOf({ send: "s2" }), ["chat/send-message"]],
  ["a shared file of lib", graphsOf({ lib: "e2" }), ["chat/list-rooms", "chat/send-message"]],
  ["a comment in web", graphsOf(), []],
  ["the web client", graphsOf({ web: "w2" }), ["web/serve"]],
])("an edit of %s moves whom it concerns; the others keep the image they have", (_, graphs, expected) => {
  const { release, moved } = nextRelease(released, second, graphs);

  expect(moved).toEqual(expected);
  for (const [entry, { image }] of Object.entries(release)) {
    expect(image, entry).toBe(digest((expected as string[]).includes(entry) ? "2" : "1"));
  }
});

test("what was moved once stays there until its own graph moves again", () => {
  const { release } = nextRelease(released, second, graphsOf({ send: "s2" }));

  const third = nextRelease(release, `parley@${digest("3")}`, graphsOf({ send: "s2", web: "w2" }));

  expect(third.moved).toEqual(["web/serve"]);
  expect(third.release["chat/send-message"]?.image).toBe(digest("2"));
});

test("an operation that is new moves, one that is gone is forgotten, and the order is always the same", () => {
  const { "user/get-me": _, ...left } = graphsOf();
  const graphs = { "user/update-me": "u", ...left };

  const { release, moved } = nextRelease(released, second, graphs);

  expect(moved).toEqual(["user/update-me"]);
  expect(Object.keys(release)).toEqual(["chat/list-rooms", "chat/send-message", "user/update-me", "web/serve"]);
});

test("the same image twice changes nothing", () => {
  expect(nextRelease(released, first, graphsOf())).toEqual({ release: released, moved: [] });
});

test.each(["registry.example/parley:latest", "registry.example/parley", "sha256:12", `parley@${digest("g")}`])(
  "%s is no image to release: it has no digest",
  (image) => {
    expect(() => nextRelease({}, image, graphsOf())).toThrow("give the image by its digest");
  },
);

test("what was never released has an image that no registry has, and that says so", () => {
  expect(imageOf("chat/send-message", {})).toBe("parley:not-released-yet");
});

test("what is committed as released is whole", () => {
  const release = JSON.parse(readFileSync("knative/release.json", "utf8")) as Release;

  for (const { image, graph } of Object.values(release)) {
    expect(image).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(graph).toMatch(/^[0-9a-f]{64}$/);
  }
});

test("a new Deno or a new base moves everything; other lines of the Dockerfile move nothing", () => {
  const dockerfile = readFileSync("Dockerfile", "utf8");
  const packages = JSON.parse(readFileSync("package.json", "utf8"));
  const now = digestWith(runtimeOf(dockerfile, packages), "graph");

  const others = [
    runtimeOf(dockerfile, { dependencies: { ...packages.dependencies, deno: "9.9.9" } }),
    runtimeOf(dockerfile.replaceAll(/@sha256:\w{4}/g, "@sha256:0000"), packages),
  ].map((runtime) => digestWith(runtime, "graph"));

  expect(others).not.toContain(now);
  expect(digestWith(runtimeOf(`# A remark.\n${dockerfile}`, packages), "graph")).toBe(now);
});
