import { expect, test } from "vitest";
import { awake, podsOf } from "./pods.ts";

const service = (name: string, annotations?: Record<string, string>) => ({
  metadata: { name },
  spec: { template: { metadata: { ...(annotations && { annotations }) } } },
});
const pod = (service: string, deletionTimestamp?: string) => ({
  metadata: {
    name: `${service}-00001-deployment-x`,
    labels: { "serving.knative.dev/service": service },
    ...(deletionTimestamp && { deletionTimestamp }),
  },
});

test("pods are counted by their function, without those on their way out", () => {
  const services = { items: [service("list-rooms"), service("redis", { "autoscaling.knative.dev/min-scale": "1" })] };
  const pods = { items: [pod("list-rooms"), pod("list-rooms", "2026-11-24T16:00:00Z"), pod("redis"), pod("another")] };

  const counted = podsOf(services, pods);

  expect(counted).toEqual([
    { service: "list-rooms", count: 1, least: 0 },
    { service: "redis", count: 1, least: 1 },
  ]);
  expect(awake(counted).map(({ service }) => service)).toEqual(["list-rooms"]);
});
