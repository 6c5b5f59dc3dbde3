import process from "node:process";
import { expect, test } from "vitest";
import web from "../../functions/web/serve.ts";
import { edge } from "./numbers.ts";
import { ofKind } from "./testing/all.ts";

const templateOf = (name: string) => ofKind("Service").find(({ metadata }) => metadata.name === name).spec.template;
const middleware = (name: string) => ofKind("Middleware").find(({ metadata }) => metadata.name === name).spec;

test("streams scale on listeners, keep the activator out of their way, and sleep when nobody listens", () => {
  const { metadata: { annotations }, spec } = templateOf("stream-events");

  expect(annotations).toEqual({
    "autoscaling.knative.dev/max-scale": "10",
    "autoscaling.knative.dev/metric": "concurrency",
    "autoscaling.knative.dev/min-scale": "0",
    "autoscaling.knative.dev/scale-down-delay": "2m",
    "autoscaling.knative.dev/target": "400",
    "autoscaling.knative.dev/target-burst-capacity": "0",
    "autoscaling.knative.dev/target-utilization-percentage": "80",
  });
  expect(spec.timeoutSeconds).toBe(600); // max-revision-timeout-seconds of Knative, unless somebody raises it
  expect(spec.responseStartTimeoutSeconds).toBe(300); // as Knative's webhook would fill in
  expect(spec.containerConcurrency).toBe(0);
  expect(spec).not.toHaveProperty("idleTimeoutSeconds");
});

test("the Redis gateway neither sleeps nor stands behind the activator", () => {
  const { metadata: { annotations }, spec } = templateOf("redis-rest");

  expect(annotations["autoscaling.knative.dev/min-scale"]).toBe("1");
  expect(annotations["autoscaling.knative.dev/target-burst-capacity"]).toBe("0");
  expect(spec.timeoutSeconds).toBe(600);
});

test("the edge compresses no stream and holds back who opens too many", () => {
  expect(middleware("compress").compress.excludedContentTypes).toEqual(["application/x-ndjson", "text/event-stream"]);
  expect(middleware("streams-in-flight").inFlightReq.amount).toBe(edge.streams);
});

test("the edge replaces no header that the web server sends", async () => {
  process.env["WEB_ROOT"] = "web"; // any folder with an index.html
  const names: Record<string, string> = {
    contentTypeNosniff: "x-content-type-options",
    frameDeny: "x-frame-options",
    referrerPolicy: "referrer-policy",
    contentSecurityPolicy: "content-security-policy",
    stsSeconds: "strict-transport-security",
    stsIncludeSubdomains: "strict-transport-security",
  };
  const ofPages = ofKind("IngressRoute").flatMap(({ spec }) => spec.routes).find(({ priority }) => priority === 1)
    .middlewares.flatMap(({ name }: { name: string }) => Object.keys(middleware(name).headers ?? {}))
    .filter((key: string) => key !== "customRequestHeaders");

  const res = await web.fetch(new Request("http://web/", { headers: { accept: "text/html" } }));

  expect(res.status).toBe(200);
  expect(ofPages).toEqual(["stsSeconds", "stsIncludeSubdomains"]);
  for (const key of ofPages) expect(res.headers.has(names[key]!), key).toBe(false);
  for (const key of Object.keys(middleware("api-headers").headers)) expect(names).toHaveProperty(key);
});
