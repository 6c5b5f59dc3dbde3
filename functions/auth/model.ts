import * as v from "valibot";
import { Time } from "../lib/schema.ts";

/** When the new access token expires. */
export const Refreshed = v.strictObject({ expiresAt: Time });
export type Refreshed = v.InferOutput<typeof Refreshed>;
