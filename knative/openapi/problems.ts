import { type ProblemName, problems } from "../../functions/lib/problem.ts";
import type { Header, Response } from "./operation.ts";
import { refTo, type Schema } from "./schemas.ts";

const type = (name: ProblemName) => `/problems/${name}`;

/** RFC 9457, as `Problem.answer` in functions/lib/problem.ts writes it. */
export const ProblemSchema: Schema = {
  description: "What went wrong (RFC 9457): the body of every answer outside 2xx and 3xx.",
  type: "object",
  properties: {
    type: {
      description: "Which problem it is. Names are never changed; there may be new ones.",
      type: "string",
      enum: (Object.keys(problems) as ProblemName[]).map(type),
    },
    title: { description: "The same for people.", type: "string" },
    status: { description: "The HTTP status.", type: "integer" },
    detail: { description: "What can be done about it, when the title does not say.", type: "string" },
    errors: {
      description: "The places of the request that are wrong, at most 100 of them.",
      type: "array",
      items: {
        type: "object",
        properties: {
          path: { description: "Dotted: `content`, `participantIds.3`.", type: "string" },
          message: { type: "string" },
        },
        required: ["path", "message"],
        additionalProperties: false,
      },
    },
    requestId: { description: "The request's id, by which our log knows it.", type: "string" },
  },
  required: ["type", "title", "status"],
  additionalProperties: false,
};

/** Problems that pass: their answers say when to ask again. */
const passing: ReadonlySet<ProblemName> = new Set(["too-many-requests", "refresh-in-progress", "unavailable"]);

/** These problems by status, the lowest first. */
export function byStatus(names: readonly ProblemName[]): [status: number, names: ProblemName[]][] {
  const statuses = [...new Set(names.map((name) => problems[name][0]))].sort((a, b) => a - b);
  return statuses.map((status) => [status, names.filter((name) => problems[name][0] === status)]);
}

/** The answer that is one of these problems, which share a status; with what else is to be said, and its headers. */
export function problemResponse(
  status: number,
  names: readonly ProblemName[],
  more: { text?: string | undefined; headers?: Record<string, Header> } = {},
): Response {
  const texts = names.map((name) => `\`${name}\`: ${problems[name][1]}.`);
  return {
    description: [...texts, ...(more.text ? [more.text] : [])].join("\n\n"),
    headers: {
      ...(names.some((name) => passing.has(name)) && { "Retry-After": { $ref: "#/components/headers/Retry-After" } }),
      ...more.headers,
      "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
    },
    content: {
      "application/problem+json": {
        schema: {
          $ref: refTo("Problem"),
          properties: { type: { enum: names.map(type) }, status: { const: status } },
        },
      },
    },
  };
}

/** Every problem alone, as an answer that many operations share. */
export const problemResponses = (): Record<string, Response> =>
  Object.fromEntries(
    (Object.keys(problems) as ProblemName[]).map((name) => [name, problemResponse(problems[name][0], [name])]),
  );
