import type { Secrets } from "../../start/secrets.ts";
import { applied, installed, namespace, secret, waited } from "../commands.ts";
import { databases, postgres } from "../names.ts";
import type { Step } from "../step.ts";
import { charts, images } from "../versions.ts";

const of = (kind: string, name: string, spec: object) => ({
  apiVersion: "postgresql.cnpg.io/v1",
  kind,
  metadata: { name, namespace: postgres.namespace },
  spec,
});

const kebab = (role: string) => role.replaceAll("_", "-");

/** The pooler presents the server's certificate, too. */
const poolerNames = [
  "",
  `.${postgres.namespace}`,
  `.${postgres.namespace}.svc`,
  `.${postgres.namespace}.svc.cluster.local`,
]
  .map((suffix) => `${postgres.pooler}${suffix}`);

/** One Postgres and one pooler, under the names of production; a role for each database, and nothing backed up. */
const postgresObjects = (secrets: Secrets) => [
  namespace(postgres.namespace),
  ...databases.map(({ role }) =>
    secret(
      postgres.namespace,
      `${kebab(role)}-role`,
      { username: role, password: secrets(role) },
      "kubernetes.io/basic-auth",
    )
  ),
  of("Cluster", postgres.cluster, {
    instances: 1,
    imageName: images.postgres,
    storage: { size: "2Gi" },
    certificates: { serverAltDNSNames: poolerNames },
  }),
  ...databases.flatMap(({ name, role }) => [
    of("DatabaseRole", kebab(role), {
      cluster: { name: postgres.cluster },
      name: role,
      login: true,
      passwordSecret: { name: `${kebab(role)}-role` },
    }),
    of("Database", name, { cluster: { name: postgres.cluster }, name, owner: role, databaseReclaimPolicy: "retain" }),
  ]),
  of("Pooler", postgres.pooler, {
    cluster: { name: postgres.cluster },
    instances: 1,
    type: "rw",
    pgbouncer: {
      poolMode: "transaction",
      parameters: { max_client_conn: "2000", default_pool_size: "20", max_prepared_statements: "200" },
    },
  }),
];

/** What CloudNativePG makes inside of Postgres, and says when it has. */
const applying = databases.flatMap(({ name, role }) => [
  `databaseroles.postgresql.cnpg.io/${kebab(role)}`,
  `databases.postgresql.cnpg.io/${name}`,
]);

/** Valkey by its chart, under the name that production has it by. */
const valkeyValues = {
  fullnameOverride: "redis",
  auth: {
    enabled: true,
    usersExistingSecret: "redis-users",
    aclUsers: { default: { permissions: "~* &* +@all", passwordKey: "default" } },
  },
  dataStorage: { enabled: false },
};

/** Where everything is kept. */
export const stores = (secrets: Secrets): Step[] => [
  installed(charts.postgres, {}),
  applied("Postgres 18 and its pooler", ...postgresObjects(secrets)),
  waited("Postgres is ready", postgres.namespace, "condition=Ready", `clusters.postgresql.cnpg.io/${postgres.cluster}`),
  waited("its databases are there", postgres.namespace, "jsonpath={.status.applied}=true", ...applying),
  waited("its pooler is ready", postgres.namespace, "condition=Available", `deployment/${postgres.pooler}`),
  applied("password of Redis", namespace("redis"), secret("redis", "redis-users", { default: secrets("redis") })),
  installed(charts.valkey, valkeyValues),
];
