/**
 * Something a function leans on. From this one value come the typed client in `c.var`, the Secret in the manifest, the
 * permission in Deno's flags and the opening in the NetworkPolicy.
 */
export interface Need<Key extends string = string, Client = unknown> {
  /** The Kubernetes Secret that holds `settings`. */
  name: string;
  /** Where the client stands in `c.var`. */
  key: Key;
  /** Environment variables it reads. Those that end in `_URL` or `_ISSUER` name the hosts it may reach. */
  settings: readonly string[];
  /** Connections one process may hold; 0 for parts that are not pooled. */
  pool: number;
  /** Make the client. It must not connect before it is used. */
  open: () => Client;
}

const clients = new Map<Need, unknown>();

/** The client of a need: one per process, made at the first call. */
export function clientOf<Client>(need: Need<string, Client>): Client {
  let client = clients.get(need);
  if (client === undefined) clients.set(need, client = need.open());
  return client as Client;
}
