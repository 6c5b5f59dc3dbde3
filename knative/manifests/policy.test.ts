import { expect, test } from "vitest";
import { keycloak, type Part, pooled, redisRest, valkey } from "./settings.ts";
import { ofKind } from "./testing/all.ts";

const parts = { pooled, redisRest, valkey, keycloak };

const pods = [...ofKind("Service"), ...ofKind("Job")].map(({ kind, metadata, spec }) => ({
  kind,
  name: metadata.name as string,
  container: spec.template.spec.containers[0],
}));
const policyOf = (name: string) => ofKind("NetworkPolicy").find(({ metadata }) => metadata.name === name);

/** A peer and a port in one line. */
const line = (namespace: string, port: number, labels: Record<string, string> = {}) =>
  `${namespace} ${port} ${JSON.stringify(labels)}`;

const openings = (rules: { to?: object[]; from?: object[]; ports: { port: number }[] }[]) =>
  rules.flatMap((rule) =>
    // deno-lint-ignore no-explicit-any -- as the maker writes peers
    (rule.to ?? rule.from ?? []).flatMap((peer: any) =>
      rule.ports.map(({ port }) =>
        line(
          peer.namespaceSelector.matchLabels["kubernetes.io/metadata.name"],
          port,
          peer.podSelector?.matchLabels,
        )
      )
    )
  );

const hostOf = ({ url }: Part) => url.split("//")[1]!;

/** Where Deno lets a process connect to, beside the address it listens on. */
const allowedHosts = (args: string[]) =>
  (args.find((arg) => arg.startsWith("--allow-net="))?.slice("--allow-net=".length).split(",") ?? [])
    .filter((host) => !host.startsWith("0.0.0.0:"));

const everybody = [
  line("kube-system", 53, { "k8s-app": "kube-dns" }),
  line("kube-system", 53, { "k8s-app": "kube-dns" }),
];
const telemetry = line("monitoring", 9090, { "app.kubernetes.io/name": "prometheus" });

test.each(pods)("$name may leave its pod for exactly what Deno lets it reach, and DNS", ({ kind, name, container }) => {
  const hosts = allowedHosts(container.args);
  const reached = Object.values(parts).filter((part) => hosts.includes(hostOf(part)));

  const { egress } = policyOf(name).spec;

  expect(reached, hosts.join()).toHaveLength(hosts.length);
  expect(openings(egress).sort()).toEqual([
    ...everybody,
    ...(kind === "Service" ? [telemetry] : []),
    ...reached.map((part) => line(part.namespace, part.podPort, part.labels)),
  ].sort());
});

test.each(pods)(
  "$name reads no setting that it does not get, but those with a default of their own",
  ({ container }) => {
    const allowed: string[] = container.args.find((arg: string) => arg.startsWith("--allow-env=")).slice(12).split(",");
    const given: string[] = (container.env ?? []).map(({ name }: { name: string }) => name);

    expect(given.filter((name) => !allowed.includes(name))).toEqual([]);
  },
);

test.each(pods)(
  "$name may neither write nor run anything, nor read but the web client's files",
  ({ name, container }) => {
    const flags: string[] = container.args.filter((arg: string) => arg.startsWith("--allow"));

    const others = flags.filter((flag) => !/^--allow-(net|env)=/.test(flag));

    expect(others).toEqual(name === "web" ? ["--allow-read=/app/web/client"] : []);
    expect(container.securityContext).toMatchObject({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
    });
    expect(container.securityContext.runAsUser).toBeGreaterThan(0);
  },
);

test.each(pods.filter(({ kind }) => kind === "Service"))(
  "$name hears Kourier, the activator, the autoscaler and Prometheus at its queue-proxy, and nobody else",
  ({ name }) => {
    const { podSelector, policyTypes, ingress } = policyOf(name).spec;

    expect(podSelector.matchLabels).toEqual({ "serving.knative.dev/service": name });
    expect(policyTypes).toEqual(["Ingress", "Egress"]);
    expect(openings(ingress)).toEqual([
      line("knative-serving", 8012, { app: "3scale-kourier-gateway" }),
      line("knative-serving", 8013, { app: "3scale-kourier-gateway" }),
      line("knative-serving", 8012, { app: "activator" }),
      line("knative-serving", 8013, { app: "activator" }),
      line("knative-serving", 9090, { app: "autoscaler" }),
      line("monitoring", 9091, { "app.kubernetes.io/name": "prometheus" }),
    ]);
  },
);

test("migrations hear nobody, reach the databases alone, and come before everything else", () => {
  const [job, ...others] = ofKind("Job");
  const policy = policyOf(job.metadata.name);

  expect(others).toEqual([]);
  expect(allowedHosts(job.spec.template.spec.containers[0].args)).toEqual(["app-db-pooler.postgres.svc:5432"]);
  expect(policy.spec.ingress).toEqual([]);
  expect(policy.spec.podSelector.matchLabels).toEqual(job.spec.template.metadata.labels);
  const account = ofKind("ServiceAccount").find(({ metadata }) => metadata.name === job.metadata.name);
  const waves = [account, policy, job].map(({ metadata: { annotations } }) => [
    annotations["argocd.argoproj.io/hook"],
    annotations["argocd.argoproj.io/hook-delete-policy"],
    annotations["argocd.argoproj.io/sync-wave"],
  ]);
  expect(waves).toEqual([
    ["PreSync", "BeforeHookCreation", "-2"],
    ["PreSync", "BeforeHookCreation", "-2"],
    ["PreSync", "BeforeHookCreation", "-1"],
  ]);
});

test("no secret and no domain stands in an argument", () => {
  const all = pods.flatMap(({ container }) => container.args).join("\n");

  expect(all).not.toMatch(/@|password|example\.com|localhost/);
});
