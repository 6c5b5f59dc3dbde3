import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { context, domain, image } from "./names.ts";
import { plan } from "./plan.ts";
import { typed } from "./step.ts";

const steps = plan({ house: ".", dir: ".data/kind" }, (name) => `secret-of-${name}`);
const commands = steps.flatMap(({ run, from, unless }) => [run, ...(from ? [from] : []), ...(unless ? [unless] : [])]);

// deno-lint-ignore no-explicit-any -- objects of many kinds
const objects = steps.flatMap(({ objects = [] }) => objects) as any[];
const read = (name: string) => readFileSync(name, "utf8");
const generated = "knative/generated";

test("every step can be made twice", () => {
  const harmless =
    /^(kubectl .* (apply|wait) |helm .* upgrade --install |docker build |kind load |kubectl .*--ignore-not-found)/;

  const once = steps.filter(({ run, unless, unlessFile }) => !unless && !unlessFile && !harmless.test(run.join(" ")));

  expect(once.map(({ name }) => name)).toEqual([]);
});

test("no other cluster is ever touched", () => {
  const touching = commands.filter(([program]) => ["kubectl", "helm"].includes(program!));

  expect(touching.length).toBeGreaterThan(10);
  for (const command of touching) expect(command.join(" ")).toContain(`context ${context} `);
});

test("no password stands in a command, where others on this machine could read it", () => {
  expect(commands.flat().filter((word) => word.includes("secret-of-"))).toEqual([]);
});

test("every setting that a generated manifest takes from a Secret is there, and no other", () => {
  const made = new Set(
    objects.filter(({ kind, metadata }) => kind === "Secret" && metadata.namespace === "app")
      .flatMap(({ metadata, stringData }) => Object.keys(stringData).map((key) => `${metadata.name} ${key}`)),
  );
  made.add("app-db-ca ca.crt"); // copied from where CloudNativePG keeps it

  const base = path.join(generated, "base");
  const files = readdirSync(base, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".yaml"));
  const wanted = files.flatMap((
    name,
  ) => [...read(path.join(base, name)).matchAll(/name: (\S+)\n\s+key: (\S+\.crt|[A-Z_]+)/g)])
    .map(([, name, key]) => `${name} ${key}`).filter((one) => !one.startsWith("environment "));

  expect(wanted.length).toBeGreaterThan(50);
  expect([...new Set(wanted)].sort()).toEqual([...made].sort());
});

test("names are those of the generated environment", () => {
  const folder = path.join(generated, "environments/kind");
  const addresses = parse(read(path.join(folder, "addresses.yaml")));
  const { images: [{ newName }] } = parse(read(path.join(folder, "kustomization.yaml")));
  const overlay = parse(read("scripts/kind/overlay/kustomization.yaml"));

  expect(addresses.data).toMatchObject({ HOST: `chat.${domain}`, OIDC_ISSUER: `https://auth.${domain}/realms/parley` });
  expect(overlay.images).toEqual([{ name: newName, newName: image.split(":")[0], newTag: image.split(":")[1] }]);
  expect(path.join("scripts/kind/overlay", overlay.resources[0])).toBe(folder);
});

test("the migrations that are waited for are those that there are", () => {
  const jobs = parseAllDocuments(read(path.join(generated, "base/migrations.yaml"))).map((one) => one.toJS())
    .filter(({ kind }) => kind === "Job");

  const { run } = steps.find(({ name }) => name === "databases are migrated")!;
  const [label, value] = run[run.indexOf("--selector") + 1]!.split("=");

  expect(jobs.length).toBeGreaterThan(0);
  for (const { metadata } of jobs) expect(metadata.labels).toMatchObject({ [label!]: value });
});

test("a dry run prints commands that a shell reads as they are", () => {
  const step = {
    name: "a fact",
    run: ["say", "it's", "a b", "--for=x"],
    unless: ["ask", "first"],
    objects: [{ a: 1 }],
  };

  expect(typed(step)).toBe(
    `# a fact\nask first >/dev/null 2>&1 || say 'it'\\''s' 'a b' --for=x <<'END'\n{\n  "a": 1\n}\nEND\n`,
  );
});
