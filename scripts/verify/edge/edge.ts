import path from "node:path";
import { functions } from "../../../functions/registry.ts";
import { documents } from "../../../functions/web/documents.ts";
import { wakePath } from "../../../functions/web/waking.ts";
import { woken } from "../../../web/src/waking/woken.ts";
import { must, Skip, type Try } from "../checks.ts";
import { rawGet } from "./raw.ts";

/** Functions that are tried by the names which only the cluster may use. */
const tried = ["list-rooms", "get-me"];

/** Only `fn` sets it, on whatever path it is asked for. */
const isFunctions = (headers: Record<string, unknown>) => /\bapp;dur=/.test(String(headers["server-timing"] ?? ""));

/** An edge may hang up on whom it does not know, which is an answer, too. */
function hungUp(error: Error & { code?: string }): undefined {
  if (!["ECONNRESET", "EPIPE"].includes(error.code ?? "")) throw error;
}

/** What the edge lets in, and what it keeps to itself. */
export async function edge(check: Try, base: URL, namespace: string): Promise<void> {
  await check("who comes without TLS is sent to it", async () => {
    if (base.protocol !== "https:") throw new Skip("no TLS");
    if (base.port !== "") throw new Skip(`nobody knows which port speaks plain HTTP beside ${base.port}`);
    const { status, headers } = await rawGet(new URL(`http://${base.host}/api/me?x=1`));
    must([301, 308].includes(status), `it answers ${status}`);
    must(headers["location"] === `${base.origin}/api/me?x=1`, `it leads to ${headers["location"]}`);
  });

  await check("functions cannot be reached by the names that the cluster calls them", async () => {
    const hosts = tried.flatMap((name) =>
      ["", ".svc", ".svc.cluster.local"].map((suffix) => `${name}.${namespace}${suffix}`)
    );
    for (const host of hosts) {
      const answer = await rawGet(new URL(`/verify-${Date.now()}`, base), { host }).catch(hungUp);
      must(!answer || !isFunctions(answer.headers), `Host: ${host} reaches the function (${answer?.status})`);
    }
    return `${hosts.length} names`;
  });

  await check("health can be asked for by name, which wakes, and tells nothing", async () => {
    const paths = Object.values(woken).flat();
    const answers = await Promise.all(paths.map((path) => rawGet(new URL(path, base))));
    for (const [i, { status, body, headers }] of answers.entries()) {
      must(status === 200 && body.trim() === "ok", `${paths[i]} answers ${status} ${body.slice(0, 80)}`);
      const told = ["set-cookie", "x-powered-by", "server-timing"].filter((name) => headers[name] !== undefined);
      must(told.length === 0, `${paths[i]} sends ${told.join(", ")}`);
    }
    for (const none of [wakePath("nobody"), wakePath("list-rooms/x"), wakePath("..%2fapi%2fme")]) {
      const { status } = await rawGet(new URL(none, base));
      must([400, 404].includes(status), `${none} answers ${status}`);
    }
    return `${paths.length} functions`;
  });

  await check("the API is documented, and it is this one", async () => {
    const [json, page] = await Promise.all(Object.keys(documents).map((path) => rawGet(new URL(path, base))));
    must(json!.status === 200 && page!.status === 200, `its documents answer ${json!.status} and ${page!.status}`);
    const document = JSON.parse(json!.body) as { openapi: string; paths: Record<string, object> };
    must(document.openapi.startsWith("3.1"), `it is OpenAPI ${document.openapi}`);
    const operations = Object.values(document.paths).flatMap((item) => Object.values(item));
    const named = operations.map((operation: { operationId: string }) => operation.operationId).sort();
    const ours = Object.keys(functions).map((file) => path.basename(file)).sort();
    must(String(named) === String(ours), `it has ${named.length} operations, and this repository ${ours.length}`);
    return `${named.length} operations`;
  });
}
