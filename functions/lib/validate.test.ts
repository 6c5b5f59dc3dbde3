import { expect, test } from "vitest";
import * as v from "valibot";
import { fn } from "./fn.ts";
import { json } from "./validate.ts";

test("bytes that are no UTF-8 are a malformed body, not text with holes", async () => {
  const app = fn({ needs: [] }).post("/text", json(v.object({ text: v.string() })), (c) => c.json(c.req.valid("json")));
  const body = new Uint8Array([
    ...new TextEncoder().encode('{"text":"'),
    0xff,
    0xfe,
    ...new TextEncoder().encode('"}'),
  ]);

  const res = await app.request("/text", { method: "POST", body, headers: { "content-type": "application/json" } });

  expect(res.status).toBe(400);
  expect(await res.json()).toMatchObject({ type: "/problems/malformed-body" });
});
