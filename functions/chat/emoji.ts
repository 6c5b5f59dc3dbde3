import type { MiddlewareHandler } from "hono";
import * as v from "valibot";
import { problem } from "../lib/problem.ts";
import { step } from "../lib/step.ts";
import { Emoji } from "./schema.ts";

/** Take the emoji of a path. Throws `invalid-request`. */
export const emoji: MiddlewareHandler<{ Variables: { emoji: string } }> = step(
  { params: { emoji: Emoji }, problems: () => ["invalid-request"] },
  async (c, next) => {
    const { success, output, issues } = v.safeParse(Emoji, c.req.param("emoji"));
    if (!success) throw problem("invalid-request", { errors: [{ path: "emoji", message: issues[0].message }] });
    c.set("emoji", output);
    await next();
  },
);
