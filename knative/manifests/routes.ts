import type { IIngressRoute } from "@kubernetes-models/traefik/traefik.io/v1alpha1/IngressRoute";
import path from "node:path";
import { describe } from "../../functions/lib/fn.ts";
import { canonicalId } from "../../functions/lib/validate.ts";
import { type FunctionName, functions } from "../../functions/registry.ts";
import { documents } from "../../functions/web/documents.ts";
import { wakePath } from "../../functions/web/waking.ts";
import { middlewares as m, toName } from "./middlewares.ts";
import { kourier, labels, namespace, unknownHost } from "./names.ts";
import { functionWorkload, webServer } from "./workloads.ts";

/**
 * Who goes first, the greater number: a path as it is, a path with parts, what is not there, the web client. Explicit,
 * because Traefik would otherwise prefer the longer rule and not decide between two of one length.
 */
export const priorities = { exact: 2000, pattern: 1000, nothing: 100, client: 1 } as const;

const id = canonicalId.source.replace(/^\^|\$$/g, "");

/** What may stand for each part of a path: an id as we print it and no other way; an emoji is any one segment. */
const parts: Readonly<Record<string, string>> = { roomId: id, userId: id, messageId: id, emoji: "[^/]+" };

/** A path of a route as Traefik's matcher, which is anchored at both ends in Go's regular expressions. */
export function matcher(route: string): { rule: string; priority: number } {
  if (!route.includes(":")) return { rule: `Path(\`${route}\`)`, priority: priorities.exact };
  const pattern = route.replaceAll(".", "\\.").replace(/:(\w+)/g, (_, name: string) => {
    if (!parts[name]) throw new Error(`Cannot route ${route}: knative/manifests/routes.ts does not know :${name}`);
    return parts[name];
  });
  return { rule: `PathRegexp(\`^${pattern}$\`)`, priority: priorities.pattern };
}

/** Hono answers HEAD wherever it answers GET, and so does the edge. */
const methods = (method: string) => method === "GET" ? "(Method(`GET`) || Method(`HEAD`))" : `Method(\`${method}\`)`;

/** One rule. All go to Kourier's pods by plain HTTP with the Host that the last middleware sets. */
const rule = (matches: string, priority: number, service: string, through: readonly string[]) => ({
  kind: "Rule" as const,
  match: `Host(\`${unknownHost}\`) && ${matches}`,
  priority,
  middlewares: [m.rateLimit, ...through, toName(service)].map((name) => ({ name })),
  services: [{ name: kourier.service, namespace: kourier.namespace, port: kourier.port }],
});

const ingressRoute = (name: string, routes: ReturnType<typeof rule>[]) =>
  ({
    apiVersion: "traefik.io/v1alpha1",
    kind: "IngressRoute",
    metadata: { name, namespace, labels: labels(name) },
    spec: { entryPoints: ["websecure"], routes, tls: {} }, // Traefik's default certificate
  }) satisfies IIngressRoute;

function operation(entry: FunctionName) {
  const { method, path } = describe(functions[entry]);
  const { name, streams, isHeld } = functionWorkload(entry);
  const { rule: matches, priority } = matcher(path);
  const held = isHeld ? [m.streamsInFlight] : [];
  const compressed = streams ? [] : [m.compress];
  const through = [...held, m.transportSecurity, m.apiHeaders, ...compressed];
  return rule(`${methods(method)} && ${matches}`, priority, name, through);
}

/** The health of one function, which wakes it. Nothing of it is secret, and it leans on nothing. */
function wake(entry: FunctionName) {
  const name = path.posix.basename(entry);
  const { rule: matches, priority } = matcher(wakePath(name));
  return rule(`${methods("GET")} && ${matches}`, priority, name, [m.transportSecurity, m.apiHeaders, m.wake]);
}

const entries = Object.keys(functions) as FunctionName[];
const folderOf = (entry: string) => entry.split("/")[0]!;

/** What the web server answers: the API's documents, 404 for what is under our paths but is nothing, and the client. */
const rest = () => [
  ...Object.keys(documents).map((document) => {
    const { rule: matches, priority } = matcher(document);
    return rule(`${methods("GET")} && ${matches}`, priority, webServer.name, [m.transportSecurity]);
  }),
  rule(
    "PathRegexp(`^/((api|auth)(/.*)?|healthz/.*)$`)",
    priorities.nothing,
    webServer.name,
    [m.transportSecurity, m.apiHeaders, m.nothing, m.asProgram],
  ),
  rule("PathPrefix(`/`)", priorities.client, webServer.name, [m.transportSecurity]),
];

/** Every IngressRoute: one for each folder of functions, one for waking them, and the web's. Pure. */
export const ingressRoutes = () => [
  ...[...new Set(entries.map(folderOf))].map((folder) =>
    ingressRoute(folder, entries.filter((entry) => folderOf(entry) === folder).map(operation))
  ),
  ingressRoute("waking", entries.map(wake)),
  ingressRoute("web", rest()),
];
