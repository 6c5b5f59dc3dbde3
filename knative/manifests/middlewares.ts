import type { IMiddleware } from "@kubernetes-models/traefik/traefik.io/v1alpha1/Middleware";
import { hostOf, labels, namespace } from "./names.ts";
import { edge } from "./numbers.ts";
import type { Workload } from "./workloads.ts";

/** Names of the edge's middlewares, in the order in which a route that has them goes through them. */
export const middlewares = {
  rateLimit: "rate-limit",
  streamsInFlight: "streams-in-flight",
  transportSecurity: "transport-security",
  apiHeaders: "api-headers",
  compress: "compress",
  wake: "wake",
  nothing: "nothing",
  asProgram: "as-program",
} as const;

/** The middleware that names one Knative Service to Kourier. */
export const toName = (service: string) => `to-${service}`;

const middleware = (name: string, spec: IMiddleware["spec"]) =>
  ({
    apiVersion: "traefik.io/v1alpha1",
    kind: "Middleware",
    metadata: { name, namespace, labels: labels(name) },
    spec,
  }) satisfies IMiddleware;

/** Kourier routes by Host alone; Traefik sets it here, and X-Forwarded-Host keeps the public one. */
export const hostMiddleware = (service: string) =>
  middleware(toName(service), { headers: { customRequestHeaders: { Host: hostOf(service) } } });

/** Whoever asks: the address, or in IPv6 its home. The models do not know `ipv6Subnet` yet; Traefik 3.7 does. */
const perAddress = { ipStrategy: { ipv6Subnet: edge.ipv6Subnet } as object };

/**
 * What the edge does beside routing. Of answers' headers, here stands only what the function behind a route does not
 * send itself, because Traefik's replace it: the web server has its own policy, so it gets transport security alone.
 */
export const edgeMiddlewares = (workloads: readonly Workload[]) => [
  middleware(middlewares.rateLimit, {
    rateLimit: { average: edge.requestsPerSecond, period: "1s", burst: edge.burst, sourceCriterion: perAddress },
  }),
  middleware(middlewares.streamsInFlight, {
    inFlightReq: { amount: edge.streams, sourceCriterion: perAddress },
  }),
  middleware(middlewares.transportSecurity, {
    headers: { stsSeconds: edge.strictTransportSeconds, stsIncludeSubdomains: true },
  }),
  middleware(middlewares.apiHeaders, {
    headers: {
      contentTypeNosniff: true,
      frameDeny: true,
      referrerPolicy: "no-referrer",
      contentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'",
    },
  }),
  /** Traefik would gather a stream to compress it. Routes of streams do without this; the list is for those to come. */
  middleware(middlewares.compress, {
    compress: {
      minResponseBodyBytes: 1024,
      excludedContentTypes: [...new Set(workloads.flatMap(({ streams }) => streams ?? []))].sort(),
    },
  }),
  middleware(middlewares.wake, { replacePath: { path: "/healthz" } }),
  /** A hidden file, asked for by a program: the web server answers 404 as problem+json, and never its page. */
  middleware(middlewares.nothing, { replacePath: { path: "/.nothing" } }),
  middleware(middlewares.asProgram, { headers: { customRequestHeaders: { Accept: "application/problem+json" } } }),
];
