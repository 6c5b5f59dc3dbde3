/** What we use of SQLite in Deno; the types of Node 20 do not know it yet. */
declare module "node:sqlite" {
  interface Statement {
    all(): Record<string, unknown>[];
    run(...values: unknown[]): void;
    setReadBigInts(isBig: boolean): void;
  }

  export class DatabaseSync {
    constructor(file: string);
    exec(sql: string): void;
    prepare(sql: string): Statement;
    close(): void;
  }
}
