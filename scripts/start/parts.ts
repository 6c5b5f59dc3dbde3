import path from "node:path";
import process from "node:process";
import { type DatabaseName, embedded, embeddedPostgres, prepare, type Urls } from "./databases.ts";
import { seedDemo } from "./demo/seed.ts";
import type { Fault } from "./fault.ts";
import type { Options } from "./options.ts";
import { embeddedProvider, givenProvider, isGiven, type Provider } from "./provider.ts";
import { openRedis, type Redis } from "./redis.ts";
import { openSecrets, type Secrets } from "./secrets.ts";
import { supervise } from "./supervise.ts";
import type { Terminal } from "./terminal.ts";
import { buildWebClient, watchWebClient } from "./web-client.ts";

/** What every part is started with. */
export interface House {
  options: Options;
  terminal: Terminal;
  /** A part is gone for good. */
  lost: (fault: Fault) => void;
  /** Put down what must be undone when we stop, the last first. */
  onStop: (undo: () => Promise<unknown>) => void;
}

export interface Parts {
  urls: Pick<Urls, "chat" | "user">;
  redis: Redis;
  provider: Provider;
  /** What the banner says of each: ["Postgres", "embedded, port 5432"]. */
  rows: [string, string][];
}

const fellTo = ({ terminal }: House) => (sentence: string) =>
  terminal.say(`  ${terminal.styled("yellow", "!")} ${sentence}`);

async function startDatabases(house: House, secrets: Secrets) {
  const { options: { dataDir, isDemo }, terminal, lost, onStop } = house;
  const needed: DatabaseName[] = isGiven() ? ["chat", "user"] : ["chat", "user", "identity"];
  const dir = path.join(dataDir, "postgres");
  const isEmbedded = embedded(needed).length > 0;
  const start = isEmbedded && await embeddedPostgres({ dir, password: secrets("postgres") });
  const running = start
    ? await terminal.step("Postgres 18", supervise("Postgres", start, { fell: fellTo(house), lost }))
    : undefined;
  if (running) onStop(running.stop);

  const urls = await terminal.step("databases", prepare(needed, running?.server, secrets));
  if (isDemo) await terminal.step("demo", seedDemo({ userUrl: urls.user, chatUrl: urls.chat }));

  const server = running?.server;
  const place = server && (server.dir === dir ? "" : `, in ${server.dir}, because its user cannot enter ${dataDir}`);
  const row = server ? `18, embedded, port ${server.port}${place}` : `at ${new URL(urls.chat).host}`;
  return { urls, row };
}

async function startProvider(house: House, secrets: Secrets, urls: Partial<Urls>): Promise<Provider> {
  const { options: { publicUrl }, terminal, onStop } = house;
  const work = embeddedProvider({ publicUrl, secrets, identityUrl: urls.identity!, usersUrl: urls.user! });
  const provider = await terminal.step("identity provider", work);
  onStop(provider.stop);
  return provider;
}

async function startRedis(house: House, secrets: Secrets): Promise<Redis> {
  const { options: { dataDir }, terminal, lost, onStop } = house;
  const work = openRedis({ dataDir, secrets, fell: fellTo(house), lost });
  const redis = await terminal.step("Redis", work, ({ kind }) => kind);
  onStop(redis.stop);
  return redis;
}

async function prepareWeb({ options, terminal, onStop }: House): Promise<void> {
  await terminal.step("web client", buildWebClient());
  if (options.isDev) onStop(await watchWebClient((text) => terminal.say(text.trimEnd())));
}

/** Every one of them to its end, so that what was started can be stopped; then the first failure, if there was one. */
async function together<T extends readonly unknown[]>(work: { [K in keyof T]: Promise<T[K]> }): Promise<T> {
  await Promise.allSettled(work);
  return await Promise.all(work) as unknown as T;
}

/** Start every part, those that do not wait for each other at the same time. Throws `Fault`. */
export async function startParts(house: House): Promise<Parts> {
  const secrets = openSecrets(house.options.dataDir);
  const identified = async () => {
    const given = isGiven() && await house.terminal.step("identity provider", givenProvider());
    const { urls, row } = await startDatabases(house, secrets);
    return { urls, row, provider: given || await startProvider(house, secrets, urls) };
  };
  const [{ urls, row, provider }, redis] = await together<[Awaited<ReturnType<typeof identified>>, Redis, void]>([
    identified(),
    startRedis(house, secrets),
    prepareWeb(house),
  ]);
  const kind = provider.clientSecret
    ? provider.issuer
    : `${provider.issuer}, as a public client: no OIDC_CLIENT_SECRET`;
  const who = provider.embeddedUrl ? `embedded, ${provider.issuer}` : kind;
  return { urls, redis, provider, rows: [["Postgres", row], ["Redis", redis.kind], ["Identity", who]] };
}

/** Tell functions what they need to know, the way Kubernetes would. */
export function putSettings({ urls, redis, provider }: Parts, publicUrl: string, webRoot: string): void {
  const { issuer, clientId, clientSecret, audience, endpoints } = provider;
  Object.assign(process.env, {
    PUBLIC_URL: publicUrl,
    CHAT_DATABASE_URL: urls.chat,
    USER_DATABASE_URL: urls.user,
    UPSTASH_REDIS_REST_URL: redis.url,
    UPSTASH_REDIS_REST_TOKEN: redis.token,
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: clientId,
    OIDC_CLIENT_SECRET: clientSecret,
    OIDC_AUDIENCE: audience,
    WEB_ROOT: webRoot,
    ...endpoints,
  });
}
