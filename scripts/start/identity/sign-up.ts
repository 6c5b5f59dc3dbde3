import * as v from "valibot";
import { Name, text } from "../../../functions/lib/schema.ts";

/** What somebody types to join. An empty display name becomes the username. */
export const NewAccount = v.pipe(
  v.object({
    username: v.pipe(
      v.string(),
      v.trim(),
      v.toLowerCase(),
      v.minLength(3, "must have at least 3 characters"),
      v.maxLength(32, "must have at most 32 characters"),
      v.regex(/^[a-z0-9._-]+$/, "may hold only letters a–z, digits, dot, underscore and hyphen"),
    ),
    email: v.pipe(
      v.string(),
      v.trim(),
      v.maxLength(254, "is too long"),
      v.rfcEmail("must be an address like ada@example.org"),
    ),
    displayName: v.pipe(
      v.string(),
      v.trim(),
      v.union([v.literal(""), Name], "must be one line of at most 80 characters"),
    ),
    password: text({ min: 8, max: 200 }),
  }),
  v.transform((account) => ({ ...account, displayName: account.displayName || account.username })),
);
export type NewAccount = v.InferOutput<typeof NewAccount>;

export type SignUpField = "username" | "email" | "displayName" | "password";

/** The first thing that is wrong with each field, as the end of a sentence that begins with the field's name. */
export function mistakes(issues: readonly v.BaseIssue<unknown>[]): Partial<Record<SignUpField, string>> {
  const found: Partial<Record<SignUpField, string>> = {};
  for (const issue of issues) found[v.getDotPath(issue) as SignUpField] ??= issue.message;
  return found;
}
