import { endpoint } from "./environments.ts";
import { hostOf, kourier } from "./names.ts";
import { pooler } from "./pooler.ts";

/** Something of the cluster that a process speaks to: its address there, and the pods behind that address. */
export interface Part {
  /** Scheme, host and port. Never a password. */
  url: string;
  namespace: string;
  labels?: Record<string, string>;
  podPort: number;
}

/** The pooler, in transaction mode: whoever speaks to Postgres does so within transactions, migrations too. */
export const pooled: Part = {
  url: `postgres://${pooler.name}.${pooler.namespace}.svc:5432`,
  namespace: pooler.namespace,
  labels: { "cnpg.io/poolerName": pooler.name },
  podPort: 5432,
};

/** The Redis gateway is a Knative Service: its pods are reached through Kourier's. */
export const redisRest: Part = {
  url: `http://${hostOf("redis-rest")}:80`,
  namespace: kourier.namespace,
  labels: { app: "3scale-kourier-gateway" },
  podPort: kourier.podPort,
};

export const valkey: Part = { url: "redis://redis.redis.svc:6379", namespace: "redis", podPort: 6379 };

export const keycloak: Part = {
  url: "http://keycloak-service.keycloak.svc:8080",
  namespace: "keycloak",
  podPort: 8080,
};

/** Where a setting comes from: a key of a Secret, our own value, or the ConfigMap of the environment. */
export type Source =
  | { secret: string; key: string; reaches?: Part }
  | { value: string; reaches?: Part }
  | { fromEnvironment: true }
  | { leftAlone: string };

const ofKeycloak = (name: string): Source => ({ value: endpoint(keycloak.url, name), reaches: keycloak });

/**
 * Every setting that any need names. A process gets those of its own needs and no others, each by its own key.
 * `OIDC_ISSUER` is compared and `OIDC_AUTHORIZATION_URL` is for browsers: neither is ever called from here.
 */
export const settings: Readonly<Record<string, Source>> = {
  CHAT_DATABASE_URL: { secret: "chat-service-db", key: "CHAT_DATABASE_URL", reaches: pooled },
  USER_DATABASE_URL: { secret: "user-service-db", key: "USER_DATABASE_URL", reaches: pooled },
  DATABASE_CA: { secret: "app-db-ca", key: "ca.crt" },
  UPSTASH_REDIS_REST_URL: { value: `http://${hostOf("redis-rest")}`, reaches: redisRest },
  UPSTASH_REDIS_REST_TOKEN: { secret: "redis-rest", key: "UPSTASH_REDIS_REST_TOKEN" },
  REDIS_URL: { secret: "redis-rest", key: "REDIS_URL", reaches: valkey },
  OIDC_ISSUER: { fromEnvironment: true },
  OIDC_AUTHORIZATION_URL: { fromEnvironment: true },
  OIDC_TOKEN_URL: ofKeycloak("token"),
  OIDC_JWKS_URL: ofKeycloak("certs"),
  OIDC_LOGOUT_URL: ofKeycloak("logout"),
  OIDC_CLIENT_ID: { leftAlone: "the realm has the client that functions ask for by themselves" },
  OIDC_CLIENT_SECRET: { secret: "oidc-client", key: "OIDC_CLIENT_SECRET" },
  OIDC_AUDIENCE: { leftAlone: "the realm names the audience that functions expect by themselves" },
  PUBLIC_URL: { fromEnvironment: true },
};

/** The source of a setting. Throws for one that nobody has decided about. */
export function sourceOf(name: string): Source {
  const source = settings[name];
  if (!source) throw new Error(`Cannot find out where ${name} comes from: knative/manifests/settings.ts does not say`);
  return source;
}
