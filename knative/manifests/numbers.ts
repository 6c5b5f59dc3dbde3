/**
 * The numbers a person chose, each with its reason. Those of one operation (`scale`, `timeoutSeconds`) are in its file.
 */

/** Pods of an operation that says nothing. On a small team's cluster, five are more than one operation ever needs. */
export const maxScale = 5;

/** Requests one pod has at a time before Knative adds another: more would only wait for its 2 to 4 connections. */
export const target = 40;

/** An answer must have begun by then: Knative's own default, which it writes wherever a request may take longer. */
export const responseStartSeconds = 300;

interface Resources {
  requests: { cpu: string; memory: string };
  limits: { memory: string };
}

/** An ordinary process rests at 42 MB and answers at 60; the processor is only waited for while it starts. */
const ordinary: Resources = { requests: { cpu: "50m", memory: "96Mi" }, limits: { memory: "256Mi" } };

/** No limit on the processor anywhere: throttling would come exactly while a process starts. */
export const resources: Readonly<Record<string, Resources>> & { ordinary: Resources } = {
  ordinary,
  /** 400 streams with their queues; and enough of the processor that telling all of them does not starve. */
  "stream-events": { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "512Mi" } },
  /** Every operation publishes through it, and it holds what subscribers have not read yet. */
  "redis-rest": { requests: { cpu: "100m", memory: "96Mi" }, limits: { memory: "256Mi" } },
};

/** A stream is a connection, not work. */
export const streams = {
  /** Start the next pod at four fifths of `target` listeners, before the first has to refuse. */
  targetUtilizationPercentage: 80,
  /** The activator only wakes: a stream that stays in it would be cut by its restarts. */
  targetBurstCapacity: 0,
  /**
   * People whose token ends reconnect within seconds, and the least pods of the last two minutes is what stays: so a
   * lull moves nobody to another pod, and the last pod still goes two minutes after the last listener.
   */
  scaleDownDelay: "2m",
} as const;

/** The Redis gateway: others lean on it, so it neither sleeps nor stands behind the activator. */
export const redisGateway = {
  minScale: 1,
  /** A second while a new revision comes, or the first is full: each pod has connections of its own to Redis. */
  maxScale: 2,
  /** Mostly open subscriptions, one for each pod of streams, and requests of a millisecond. */
  target: 500,
  /** As long as a subscription may stay open; a hub that loses it opens the next. Knative's limit is 600. */
  timeoutSeconds: 600,
} as const;

/** The web client's files come from memory. */
export const webServer = { maxScale: 3, target: 200, timeoutSeconds: 60 } as const;

/** What one address may do at the edge, in front of the limits that each person has (functions/lib/limited.ts). */
export const edge = {
  /** A visit asks some 30 things at once. An office behind one address talks within this. Per replica of Traefik. */
  requestsPerSecond: 100,
  burst: 300,
  /** Open streams: two devices of a hundred people behind one address. */
  streams: 200,
  /** One home has one prefix of this length in IPv6, so it counts as one address. */
  ipv6Subnet: 64,
  /** A year, in seconds: browsers do not ask by plain HTTP again. */
  strictTransportSeconds: 31_536_000,
} as const;

/** Migrations: one hour is more than any lock we would wait for; a failure is looked at, not repeated for ever. */
export const migrations = { activeDeadlineSeconds: 3600, backoffLimit: 2 } as const;

/** The numeric user of the image, of no name on the node. */
export const user = 65532;
