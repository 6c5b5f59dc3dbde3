import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";

/**
 * Every problem a function may answer with: name → [status, title]. The name is the last part of the RFC 9457 `type`
 * (`/problems/<name>`), so it is part of the API: add freely, rename never.
 */
export const problems = {
  "malformed-body": [400, "The body is not JSON"],
  "invalid-request": [400, "The request does not have the expected shape"],
  "login-failed": [400, "Signing in did not complete"],
  "not-signed-in": [401, "You are not signed in"],
  "session-ended": [401, "Your session has ended: sign in again"],
  "cross-site": [403, "State-changing requests need the header X-Parley: 1 and a same-origin Origin"],
  "not-allowed": [403, "Your role in this room does not allow this"],
  "account-deactivated": [403, "This account has been deactivated"],
  "not-found": [404, "There is nothing here"],
  "room-not-found": [404, "No such room, or you are not in it"],
  "user-not-found": [404, "No such user"],
  "message-not-found": [404, "No such message in this room"],
  "refresh-in-progress": [409, "Another request is refreshing this session: try again"],
  "message-id-taken": [409, "This message id belongs to another message"],
  "room-id-taken": [409, "This room id belongs to another room"],
  "username-taken": [409, "This username or e-mail address belongs to somebody else"],
  "last-owner": [409, "A room always keeps an owner: name another one first"],
  "direct-room": [409, "A direct room belongs to its two people: it stays as it is"],
  "message-deleted": [409, "This message has been deleted"],
  "too-many-reactions": [409, "This message has as many reactions as one can have"],
  "body-too-slow": [408, "The body did not arrive in time"],
  "body-too-large": [413, "The body is larger than 64 KiB"],
  "not-json": [415, "Send application/json"],
  "too-many-requests": [429, "Too many requests: slow down"],
  "internal": [500, "Something went wrong on our side"],
  "unavailable": [503, "A part this needs cannot be reached right now"],
} as const satisfies Record<string, readonly [ContentfulStatusCode, string]>;

export type ProblemName = keyof typeof problems;

/** One wrong place in a request: a dotted path (`content`, `participantIds.3`) and what is wrong there. */
export interface Issue {
  path: string;
  message: string;
}

interface Extra {
  /** What the caller can do about it, when the title does not say. */
  detail?: string;
  errors?: Issue[];
  headers?: Record<string, string>;
}

/** The body of every answer outside 2xx and 3xx, as `application/problem+json` (RFC 9457). */
export interface ProblemBody {
  type: `/problems/${ProblemName}`;
  title: string;
  status: number;
  detail?: string;
  errors?: Issue[];
  requestId?: string;
}

/** A problem on its way to the caller. `fn` turns it into the answer; nobody else needs to catch it. */
export class Problem extends HTTPException {
  readonly code: ProblemName;
  readonly extra: Extra;

  constructor(code: ProblemName, extra: Extra = {}) {
    const [status, title] = problems[code];
    super(status, { message: title });
    this.code = code;
    this.extra = extra;
  }

  /** The answer itself, with the request's id so that a person can point at the log line. Cookies set before stay set. */
  answer(c: Context): Response {
    const [status, title] = problems[this.code];
    const { detail, errors, headers } = this.extra;
    const requestId = c.get("requestId") as string | undefined;
    const body: ProblemBody = {
      type: `/problems/${this.code}`,
      title,
      status,
      ...(detail && { detail }),
      ...(errors && { errors }),
      ...(requestId && { requestId }),
    };
    return c.newResponse(JSON.stringify(body), status, { "content-type": "application/problem+json", ...headers });
  }
}

/** `throw problem("room-not-found")` */
export const problem = (code: ProblemName, extra?: Extra) => new Problem(code, extra);
