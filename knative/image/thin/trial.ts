import postgres, { type Options, type Sql } from "postgres";

/**
 * The Postgres driver on the thin modules, tried on a real server: bundled and run by driver.test.ts, which expects each
 * trial to print what it found. The URLs and the certificate come as arguments.
 */
const [url, caFile] = Deno.args as [string, string];
const tls = { ca: caFile ? Deno.readTextFileSync(caFile) : "", rejectUnauthorized: true };

const open = (options: Options<Record<string, never>> = {}, at = url) =>
  postgres(at, { onnotice: () => {}, ...options }) as unknown as Sql;

/** The code or the words of what is thrown. */
const failure = (work: Promise<unknown>) =>
  work.then(() => "none", (error: Error & { code?: string }) => error.code ?? `${error.name}: ${error.message}`);

/** With another part of the URL. */
function elsewhere(change: (to: URL) => void): string {
  const to = new URL(url);
  change(to);
  return to.href;
}

async function withSql<T>(work: (sql: Sql) => Promise<T>, options?: Options<Record<string, never>>, at?: string) {
  const sql = open(options, at);
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 2 });
  }
}

const select1 = (sql: Sql) => sql`select 1 as one`;
const isSecure = (sql: Sql) =>
  sql`select ssl from pg_stat_ssl where pid = pg_backend_pid()`.then(([row]) => row!["ssl"]);
const pidOf = (sql: Sql) => sql`select pg_backend_pid() as pid`.then(([row]) => row!["pid"] as number);

const trials: Record<string, () => Promise<unknown>> = {
  "values": () =>
    withSql(async (sql) => {
      const bytes = new Uint8Array([0, 1, 127, 128, 255]);
      const text = "žluťoučký 👩‍👩‍👧 \u0001 \ud800".toWellFormed();
      const [row] = await sql`select ${text}::text as text, ${bytes as never}::bytea as bytes, ${[
        "a",
        'b"\\,',
      ]}::text[] as list,
        null as nothing, ${sql.json({ deep: [1, "x"] })}::jsonb as json, ${-5}::int8 as big, true as yes`;
      return [
        row!["text"] === text,
        [...row!["bytes"]],
        row!["list"],
        row!["nothing"],
        row!["json"],
        row!["big"],
        row!["yes"],
      ];
    }),

  "large": () =>
    withSql(async (sql) => {
      const text = "0123456789č".repeat(500_000);
      const [row] = await sql`select ${text}::text as text, length(${text}::text) as length`;
      const rows = await sql`select i, repeat('x', 100) as x from generate_series(1, 50000) as i`;
      return [row!["text"] === text, row!["length"], rows.length, rows.at(-1)!["i"]];
    }),

  "wrong password": () => withSql((sql) => failure(select1(sql)), {}, elsewhere((to) => to.password = "wrong")),

  "refused": () => withSql((sql) => failure(select1(sql)), {}, elsewhere((to) => to.port = "9")),

  "no such host": () => withSql((sql) => failure(select1(sql)), {}, elsewhere((to) => to.hostname = "nowhere.invalid")),

  "verified": () => withSql(isSecure, { ssl: tls }, elsewhere((to) => to.hostname = "localhost")),

  "another name": () => withSql((sql) => failure(select1(sql)), { ssl: tls }),

  "unknown authority": () =>
    withSql((sql) => failure(select1(sql)), { ssl: {} }, elsewhere((to) => to.hostname = "localhost")),

  "unverified": () => withSql((sql) => failure(select1(sql)), { ssl: "require" }),

  "prepared": () =>
    withSql(async (sql) => {
      for (let i = 0; i < 3; i++) await sql`select ${i}::int as i`;
      const [row] =
        await sql`select count(*)::int as count from pg_prepared_statements where statement like '%::int as i'`;
      return row!["count"];
    }, { max: 1 }),

  "pool": () =>
    withSql(async (sql) => {
      const startedAt = performance.now();
      const pids = await Promise.all(
        Array.from({ length: 8 }, () => sql`select pg_sleep(0.2), pg_backend_pid() as pid`),
      );
      return [new Set(pids.map(([row]) => row!["pid"])).size, performance.now() - startedAt < 1_000];
    }, { max: 4 }),

  "idle": () =>
    withSql(async (sql) => {
      const idle = open({ max: 1, idle_timeout: 1 });
      const pid = await pidOf(idle);
      const isThere = () => sql`select from pg_stat_activity where pid = ${pid}`.then(({ length }) => length === 1);
      const before = await isThere();
      await new Promise((done) => setTimeout(done, 1_600));
      const after = await isThere();
      const again = await pidOf(idle) !== pid;
      await idle.end();
      return [before, after, again];
    }),

  "cancelled": () =>
    withSql(async (sql) => {
      const sleeping = sql`select pg_sleep(30)`;
      const failed = failure(sleeping);
      await new Promise((done) => setTimeout(done, 100));
      sleeping.cancel();
      return [await failed, (await select1(sql))[0]!["one"]];
    }, { max: 1 }),

  "lost": () =>
    withSql(async (sql) => {
      const other = open({ max: 1 });
      const pid = await pidOf(other);
      const failed = failure(other`select pg_sleep(30)`);
      await new Promise((done) => setTimeout(done, 100));
      await sql`select pg_terminate_backend(${pid})`;
      // On the connection that replaces it the driver once more tells of the loss; Node's built-ins or ours, it is the same.
      const result = [await failed, await failure(select1(other)), await pidOf(other) !== pid];
      await other.end();
      return result;
    }),

  "transactions": () =>
    withSql(async (sql) => {
      await sql`create temporary table things (id int primary key)`;
      const broken = await failure(sql.begin(async (tx) => {
        await tx`insert into things values (1)`;
        await tx`insert into things values (1)`;
      }));
      await sql.begin((tx) => [tx`insert into things values (2)`, tx`insert into things values (3)`]);
      return [broken, (await sql`select id from things order by id`).map(({ id }) => id)];
    }, { max: 1 }),

  "cursor": () =>
    withSql(async (sql) => {
      const sizes: number[] = [];
      for await (const rows of sql`select generate_series(1, 25)`.cursor(10)) sizes.push(rows.length);
      return sizes;
    }),

  "listen": () =>
    withSql(async (sql) => {
      const heard = new Promise((done) => void sql.listen("news", done, () => void sql.notify("news", "hello")));
      return await heard;
    }),
};

for (const [name, trial] of Object.entries(trials)) {
  const found = await trial().catch((error: Error) => `THREW ${error.stack}`);
  console.log(JSON.stringify([name, found]));
}
Deno.exit();
