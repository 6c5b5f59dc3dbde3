import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { describe } from "../../functions/lib/fn.ts";
import { functions } from "../../functions/registry.ts";
import { entryNames, entryNeeds } from "../image/entry.ts";
import { addresses, environments } from "./environments.ts";
import { settings } from "./settings.ts";
import { allManifests, ofKind } from "./testing/all.ts";

const namesOf = (kind: string) => ofKind(kind).map(({ metadata }) => metadata.name as string);
const services = ofKind("Service");
const pods = [...services, ...ofKind("Job")].map(({ metadata, spec }) => ({
  name: metadata.name,
  spec: spec.template.spec,
}));

test("every function is a Service, and nothing else is one but the Redis gateway and the web client", () => {
  const names = Object.keys(functions).map((file) => file.split("/")[1]!);

  expect(namesOf("Service").sort()).toEqual([...names, "redis-rest", "web"].sort());
});

test("no two objects of a kind share a name, and all are in our namespace", () => {
  const all = allManifests().map(({ kind, metadata }) => `${kind} ${metadata.namespace} ${metadata.name}`);
  const environmentOnly = Object.keys(environments).length - 1; // each has its own ConfigMap of one name

  expect(new Set(all).size).toBe(all.length - environmentOnly);
  expect(all.filter((name) => name.split(" ")[1] !== "app")).toEqual([]);
});

test("rules name middlewares that exist, and lead to Kourier's internal gateway by the port of its Service", () => {
  const known = new Set(namesOf("Middleware"));
  const routes = ofKind("IngressRoute").flatMap(({ spec }) => spec.routes);

  for (const { match, middlewares, services } of routes) {
    for (const { name } of middlewares) expect(known, match).toContain(name);
    expect(services).toEqual([{ name: "kourier-internal", namespace: "knative-serving", port: 80 }]);
  }
  const used = new Set(routes.flatMap(({ middlewares }) => middlewares.map(({ name }: { name: string }) => name)));
  expect([...known].filter((name) => !used.has(name)), "middlewares that no rule names").toEqual([]);
});

test("a rule's last middleware names a Service by the host that Kourier knows it by", () => {
  const hosts = new Map(
    ofKind("Middleware").map(({ metadata, spec }) => [
      metadata.name,
      spec.headers?.customRequestHeaders?.Host,
    ]),
  );

  for (const { middlewares } of ofKind("IngressRoute").flatMap(({ spec }) => spec.routes)) {
    const host = hosts.get(middlewares.at(-1).name);
    expect(services.map(({ metadata }) => `${metadata.name}.${metadata.namespace}.svc.cluster.local`)).toContain(host);
  }
});

test.each(pods)("$name runs under an account of its own, which has no token", ({ name, spec }) => {
  const account = ofKind("ServiceAccount").find(({ metadata }) => metadata.name === spec.serviceAccountName);

  expect(account?.metadata.name).toBe(name);
  expect(account?.automountServiceAccountToken).toBe(false);
  expect(spec.automountServiceAccountToken).toBe(false);
});

test("what is read of Secrets are settings of needs, under the Secret of such a need; the CA aside", () => {
  const known = new Map(entryNames.flatMap(entryNeeds).map(({ name, settings }) => [name, settings] as const));
  const kept = pods.flatMap(({ spec }) => spec.containers[0].env ?? []).flatMap(({ valueFrom }) =>
    valueFrom?.secretKeyRef ?? []
  );

  expect(kept.length).toBeGreaterThan(0);
  for (const { name, key } of kept) {
    if (name === "app-db-ca") expect(key).toBe("ca.crt");
    else expect(known.get(name), name).toContain(key);
  }
});

test("what is read of the environment's ConfigMap is in it, in every environment", () => {
  const read = pods.flatMap(({ spec }) => spec.containers[0].env ?? [])
    .flatMap(({ valueFrom }) => valueFrom?.configMapKeyRef ?? []);
  const maps = ofKind("ConfigMap");

  for (const { name, key } of read) {
    for (const map of maps.filter(({ metadata }) => metadata.name === name)) expect(map.data[key]).toBeTruthy();
  }
  expect(maps).toHaveLength(Object.keys(environments).length);
  expect(Object.keys(addresses(environments["kind"]!)).filter((key) => key !== "HOST").sort()).toEqual(
    Object.keys(settings).filter((name) => "fromEnvironment" in settings[name]!).sort(),
  );
});

test("somebody decided about every setting of every need, and about no other", () => {
  const asked = new Set(entryNames.flatMap(entryNeeds).flatMap(({ settings }) => settings));

  expect(Object.keys(settings).sort()).toEqual([...asked].sort());
});

test.each(Object.entries(functions))("%s gets the settings of its own needs and no others", (file, app) => {
  const name = file.split("/")[1]!;
  const own = describe(app).needs.flatMap((need) => need.settings).filter((name) => !("leftAlone" in settings[name]!));

  const env = services.find(({ metadata }) => metadata.name === name).spec.template.spec.containers[0].env;

  expect(env.map(({ name }: { name: string }) => name).sort()).toEqual([...new Set(own)].sort());
});

test.each(services)("$metadata.name is written as Knative wants it", ({ metadata, spec }) => {
  const { metadata: { annotations }, spec: { containers: [container], timeoutSeconds } } = spec.template;

  expect(metadata.labels["networking.knative.dev/visibility"]).toBe("cluster-local");
  expect(Object.keys(metadata.annotations ?? {}), "autoscaling.* is rejected on the Service itself").toEqual([]);
  expect(Object.values(annotations).every((value) => typeof value === "string")).toBe(true);
  expect(container.readinessProbe).toEqual({ httpGet: { path: "/healthz", port: 8080 }, successThreshold: 1 });
  expect(container.ports[0].containerPort).toBe(8080);
  expect(container.args.join(" ")).toContain("0.0.0.0:8080");
  expect(timeoutSeconds).toBeGreaterThanOrEqual(60); // less would cut short how it stops
  expect(timeoutSeconds).toBeLessThanOrEqual(600); // Knative rejects more
  expect((container.env ?? []).filter(({ value }: { value?: string }) => value === "")).toEqual([]);
  const { requests, limits } = container.resources;
  for (const size of [requests.memory, limits.memory]) expect(size).toMatch(/^[1-9]\d*Mi$/);
  expect(Number.parseInt(limits.memory) % 1024, "1024Mi is 1Gi").not.toBe(0);
  expect(requests.cpu).toMatch(/^[1-9]\d{0,2}m$/); // 1000m would be rewritten to 1
});

test("the README names every Secret, key and host that a cluster must bring, and no other", () => {
  const sources = Object.values(settings).flatMap((source) => "secret" in source ? [source] : []);

  const rows = [...readFileSync("knative/README.md", "utf8").matchAll(/^\| `([\w-]+)` +\| `([\w.]+)` +\| (.*) \|$/gm)];

  expect(rows.map(([, secret, key]) => `${secret} ${key}`).sort()).toEqual(
    sources.map(({ secret, key }) => `${secret} ${key}`).sort(),
  );
  for (const { secret, key, reaches } of sources) {
    const [, , , text] = rows.find(([, name, its]) => name === secret && its === key)!;
    expect(text).toContain(reaches ? `@${reaches.url.split("//")[1]}` : "");
  }
});
