import type { Secrets } from "../../start/secrets.ts";
import { applied, kubectl, namespace, secret, waited } from "../commands.ts";
import { app, databases, postgres } from "../names.ts";
import type { Step } from "../step.ts";

const addressOf = (role: string, password: string, database: string) =>
  `postgres://${role}:${password}@${postgres.pooler}.${postgres.namespace}.svc:5432/${database}`;

/** What functions are told, by the names that knative/manifests/settings.ts gives each Secret. */
const settings = (secrets: Secrets) => [
  ...databases.map(({ name, role, setting }) => secret(app, name, { [setting]: addressOf(role, secrets(role), name) })),
  secret(app, "redis-rest", {
    REDIS_URL: `redis://default:${secrets("redis")}@redis.redis.svc:6379`,
    UPSTASH_REDIS_REST_TOKEN: secrets("redis-rest"),
  }),
  secret(app, "oidc-client", { OIDC_CLIENT_SECRET: secrets("oidc-client") }),
];

/** CloudNativePG's authority, for our namespace: kubectl reads the one and prints the other. */
const authority = `apiVersion: v1
kind: Secret
metadata:
  name: ${postgres.cluster}-ca
  namespace: ${app}
data:
  ca.crt: {{index .data "ca.crt"}}
`;

/** The migrations: jobs of ours. */
const jobs = ["jobs", "--selector", "app.kubernetes.io/part-of=parley"];

/** Parley itself, from the generated manifests. `overlay` is the folder of the kustomization that names our image. */
export const parley = (secrets: Secrets, overlay: string): Step[] => [
  applied("settings of the functions", namespace(app), ...settings(secrets)),
  {
    name: "authority of Postgres, for the functions",
    from: kubectl(
      ...["get", "secret", `${postgres.cluster}-ca`, "--namespace", postgres.namespace],
      ...["--output", `go-template=${authority}`],
    ),
    run: kubectl("apply", "--server-side", "--force-conflicts", "-f", "-"),
  },
  {
    name: "last migrations are out of the way", // a Job cannot be changed
    run: kubectl("delete", ...jobs, "--namespace", app, "--ignore-not-found"),
  },
  {
    name: "every function, its route and its policy",
    run: kubectl("apply", "--server-side", "--force-conflicts", "--kustomize", overlay),
  },
  waited("databases are migrated", app, "condition=Complete", ...jobs),
  waited("every function is ready", app, "condition=Ready", "services.serving.knative.dev", "--all"),
];
