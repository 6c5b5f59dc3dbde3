import type { ProblemBody } from "../../../functions/lib/problem.ts";

const offline = "Parley cannot be reached right now";

/** A request that did not bring what was asked for. `status` is null when no answer came at all. */
export class RequestFailed extends Error {
  readonly status: number | null;
  readonly problem: ProblemBody | null;
  /** How long the server asks to be left alone, in milliseconds. */
  readonly retryAfterMs: number | null;

  constructor(status: number | null, problem: ProblemBody | null = null, retryAfterMs: number | null = null) {
    super(problem?.detail ?? problem?.title ?? (status === null ? offline : `The server answered ${status}`));
    this.status = status;
    this.problem = problem;
    this.retryAfterMs = retryAfterMs;
  }

  /** Whether the same request may succeed later without anybody changing anything. */
  get isTransient(): boolean {
    return this.status === null || this.status === 408 || this.status === 429 || this.status >= 500;
  }

  static async of(response: Response): Promise<RequestFailed> {
    const problem = await response.json().catch(() => null) as ProblemBody | null;
    const seconds = Number(response.headers.get("retry-after") ?? NaN);
    return new RequestFailed(response.status, problem, Number.isFinite(seconds) ? seconds * 1000 : null);
  }
}

/** Whether waiting may help; what is no failed request is a fault of ours, and waiting does not mend it. */
export const isTransient = (error: unknown): boolean => error instanceof RequestFailed && error.isTransient;

/** The thing asked for is not there, or not for us. */
export const isGone = (error: unknown): boolean => error instanceof RequestFailed && error.status === 404;

/** What to tell a person about an error. */
export const reasonOf = (error: unknown): string =>
  error instanceof RequestFailed ? error.message : "Something went wrong in this page";
