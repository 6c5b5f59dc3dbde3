/**
 * The figures of PgBouncer and Postgres, by the names that CloudNativePG has for them: what the connection budget is
 * held against, and what the cluster's Pooler and Cluster are made with.
 */
export const pooler = {
  name: "app-db-pooler",
  cluster: "app-db",
  namespace: "postgres",
  /** Each holds its own pools; the budget must fit one, because the other may be away. */
  instances: 2,
  poolMode: "transaction",
  parameters: {
    /** Clients of one instance. Some 10 kB each. */
    max_client_conn: "2000",
    /** Connections to Postgres for each pair of database and role. */
    default_pool_size: "20",
    /** The driver prepares every statement; without this, transaction mode loses them. */
    max_prepared_statements: "200",
    client_tls_sslmode: "require",
  },
} as const;

/** Postgres itself. Beside the pooler: 3 for superusers, replication and backups, Keycloak, migrations. */
export const postgres = { max_connections: 200, keptForOthers: 50 } as const;
