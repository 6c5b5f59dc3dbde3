import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import postgres, { type Sql } from "postgres";
import { type Accounts, accounts } from "./accounts.ts";
import { configuration } from "./configuration.ts";
import { interactions } from "./interactions.ts";
import { providerKeys } from "./keys.ts";
import { library } from "./library.ts";
import { type Client, directLogout } from "./logout.ts";
import { keepClean } from "./storage.ts";

/** Where Keycloak would have our realm. */
export const mount = "/realms/parley";

export interface IdentityOptions {
  /** Where people reach us, without a slash at the end. The issuer is `<publicUrl>/realms/parley`. */
  publicUrl: string;
  /** What access tokens are for. */
  audience: string;
  client: Client;
  /** The provider's own database, migrated. */
  identityUrl: string;
  /** user-service-db, where people live. */
  usersUrl: string;
}

export interface Identity {
  /** `http://127.0.0.1:<port>`, for the gateway and for our own back end. */
  url: string;
  stop: () => Promise<void>;
}

const pool = (url: string, max: number) =>
  postgres(url, { max, idle_timeout: 20, onnotice: () => {} }) as unknown as Sql;

/** The provider thinks it stands at the root of the public address, whoever asks. */
const mounted = (publicUrl: URL, answer: RequestListener): RequestListener => (req, res) => {
  const url = req.url ?? "/";
  if (url !== mount && !url.startsWith(`${mount}/`)) return void res.writeHead(404).end();
  req.headers["x-forwarded-host"] = publicUrl.host;
  req.headers["x-forwarded-proto"] = publicUrl.protocol.slice(0, -1);
  Object.assign(req, { originalUrl: url });
  req.url = url.slice(mount.length) || "/";
  answer(req, res);
};

async function makeProvider(options: IdentityOptions, sql: Sql, people: Accounts) {
  const { publicUrl, audience, client } = options;
  const [{ Provider, interactionPolicy }, keys] = await Promise.all([library(), providerKeys(sql)]);
  const settings = { publicUrl, audience, client, accounts: people, sql, keys, mount, policy: interactionPolicy };
  const provider = new Provider(publicUrl + mount, configuration(settings));
  provider.proxy = true;
  provider.use(directLogout(provider, client));
  provider.use(interactions(provider, { accounts: people, mount, publicUrl }));
  return provider;
}

/** Run the embedded OpenID provider on a free port of 127.0.0.1, for the gateway to put at `/realms/parley`. */
export async function startIdentity(options: IdentityOptions): Promise<Identity> {
  const sql = pool(options.identityUrl, 4);
  const users = pool(options.usersUrl, 4);
  const provider = await makeProvider(options, sql, accounts(users));
  const stopCleaning = keepClean(sql);

  const server = createServer(mounted(new URL(options.publicUrl), provider.callback()));
  await new Promise<void>((listening, failed) => server.once("error", failed).listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      stopCleaning();
      await new Promise((closed) => {
        server.close(closed);
        server.closeAllConnections();
      });
      await Promise.all([sql.end({ timeout: 1 }), users.end({ timeout: 1 })]);
    },
  };
}
