import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { describe } from "../../functions/lib/fn.ts";
import { functions } from "../../functions/registry.ts";
import { generated, generatedFolder } from "../generated.ts";
import { type Environment, environments } from "./environments.ts";
import { manifests } from "./manifests.ts";
import { render } from "./testing/render.ts";

const thrifty: Environment = { domain: "one.example", registry: "registry.one.example/parley", profile: "thrifty" };
const built = (environment: Environment) => render(manifests({}, { it: environment }), "environments/it");

const byName = (objects: ReturnType<typeof built>) =>
  objects.map((object) => [`${object.kind} ${object.metadata.name}`, object] as const)
    .sort(([one], [other]) => one < other ? -1 : 1);
const scales = (objects: ReturnType<typeof built>) =>
  new Map(
    objects.filter(({ kind }) => kind === "Service").map(({ metadata, spec }) => [
      metadata.name as string,
      Number(spec.template.metadata.annotations["autoscaling.knative.dev/min-scale"]),
    ]),
  );
const awake = (objects: ReturnType<typeof built>) =>
  [...scales(objects)].filter(([, min]) => min > 0).map(([name]) => name).sort();

test("thrifty: everything sleeps while nobody talks, streams too, but for the Redis gateway", () => {
  expect(awake(built(thrifty))).toEqual(["redis-rest"]);
});

test("responsive: one pod of what people wait for stays, as the functions' own specs say", () => {
  const hot = Object.entries(functions).filter(([, app]) => describe(app).scale.hot).map(([file]) =>
    file.split("/")[1]!
  );

  const objects = built({ ...thrifty, profile: "responsive" });

  expect(hot.length).toBeGreaterThan(0);
  expect(awake(objects)).toEqual([...hot, "redis-rest", "web"].sort());
  expect(new Set(scales(objects).values())).toEqual(new Set([0, 1]));
});

test("two profiles differ in nothing but the least scale", () => {
  const text = (objects: object) => JSON.stringify(objects).replaceAll(/min-scale":"\d"/g, "min-scale");

  expect(text(built({ ...thrifty, profile: "responsive" }))).toBe(text(built(thrifty)));
});

test("two environments differ in nothing but domain and registry", () => {
  const other: Environment = { domain: "two.example", registry: "two.example/images/p", profile: "thrifty" };

  const text = JSON.stringify(built(thrifty)).replaceAll(thrifty.registry, other.registry)
    .replaceAll(thrifty.domain, other.domain);

  expect(JSON.parse(text)).toEqual(built(other));
});

test("every rule is for the environment's own host, and every image from its registry", () => {
  const objects = built(thrifty);

  const rules = objects.filter(({ kind }) => kind === "IngressRoute").flatMap(({ spec }) => spec.routes);
  const images = objects.flatMap(({ spec }) => spec?.template?.spec?.containers ?? []).map(({ image }) => image);
  expect(rules.every(({ match }) => match.startsWith("Host(`chat.one.example`) && "))).toBe(true);
  expect(new Set(images)).toEqual(new Set(["registry.one.example/parley:not-released-yet"]));
  expect(JSON.stringify(objects)).not.toMatch(/latest"|parley\.invalid/);
});

test("a function that was released runs its own digest, whatever others run", () => {
  const digests = { "chat/send-message": `sha256:${"1".repeat(64)}` };

  const objects = render(manifests(digests, { it: thrifty }), "environments/it");

  const image = (name: string) =>
    objects.find(({ kind, metadata }) => kind === "Service" && metadata.name === name).spec.template.spec.containers[0]
      .image;
  expect(image("send-message")).toBe(`registry.one.example/parley@sha256:${"1".repeat(64)}`);
  expect(image("list-rooms")).toBe("registry.one.example/parley:not-released-yet");
});

/** Kustomize itself, where there is one. */
const kustomize = [["kustomize", "build"], ["kubectl", "kustomize"]].find(([command, ...args]) =>
  spawnSync(command!, [...args, "--help"]).status === 0
);

test.skipIf(!kustomize).each(Object.keys(environments))("Kustomize builds %s as we read it", (name) => {
  const [command, ...args] = kustomize!;

  const { stdout, stderr } = spawnSync(command!, [...args, `${generatedFolder}/environments/${name}`], {
    encoding: "utf8",
    maxBuffer: 16 * 1024 * 1024,
  });

  expect(stderr).toBe("");
  const objects = parseAllDocuments(stdout).map((document) => document.toJS());
  const files = Object.fromEntries(
    Object.entries(generated()).filter(([file]) => file.startsWith(`${generatedFolder}/`)).map(([file, text]) => [
      file.slice(generatedFolder.length + 1),
      parseAllDocuments(text).map((document) => document.toJS()),
    ]),
  );
  expect(byName(objects)).toEqual(byName(render(files, `environments/${name}`)));
});

test("what is generated depends on nothing but the functions", () => {
  expect(JSON.stringify(manifests({}))).toBe(JSON.stringify(manifests({})));
  expect(JSON.stringify(Object.values(generated()))).not.toMatch(/\/(home|work|tmp|Users)\//);
});

test("nothing stands in the folder of what is generated but what is generated", () => {
  const files = readdirSync(generatedFolder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .map((entry) => path.posix.join(entry.parentPath, entry.name));

  expect(files.sort()).toEqual(Object.keys(generated()).filter((name) => name.startsWith(generatedFolder)).sort());
});
