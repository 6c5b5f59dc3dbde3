/** What the clients have done and heard, all together. */
export interface Counts {
  /** Requests that were not answered, or told to come back, and were made again. */
  retries: number;
  /** Events that came by a stream, heartbeats and greetings included. */
  events: number;
  /** Times that a client asked for the changes it had missed. */
  repairs: number;
}

export const noCounts = (): Counts => ({ retries: 0, events: 0, repairs: 0 });
