import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Postgres, startPostgres } from "../../../scripts/start/postgres.ts";
import { findProgram, run } from "../../../scripts/start/processes.ts";
import { unprivileged } from "../../../scripts/start/unprivileged.ts";
import { bundleText } from "../bundle.ts";

/** The driver as it is in the image, under Deno, against a real Postgres with TLS for the name `localhost`. */
const found: Record<string, unknown> = {};
let postgres: Postgres;
const dir = mkdtempSync(path.join(tmpdir(), "parley-driver-"));
const openssl = findProgram(["openssl"]);

/** An authority, and the certificate for `localhost` that it signs. */
function makeCertificates(): { authority: string; cert: string; key: string } {
  const at = (name: string) => path.join(dir, name);
  const [authority, authorityKey, cert, key] = [at("ca.pem"), at("ca.key"), at("server.pem"), at("server.key")];
  const request = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  const make = (...args: string[]) => execFileSync(openssl!, [...request, ...args], { stdio: "ignore" });
  make("-subj", "/CN=authority", "-keyout", authorityKey, "-out", authority);
  const names = ["-addext", "subjectAltName=DNS:localhost", "-addext", "basicConstraints=critical,CA:FALSE"];
  const signed = ["-CA", authority, "-CAkey", authorityKey, ...names];
  make("-subj", "/CN=localhost", "-keyout", key, "-out", cert, ...signed);
  const { uid, gid } = unprivileged();
  if (uid !== undefined && gid !== undefined) chownSync(key, uid, gid);
  chmodSync(key, 0o600);
  return { authority, cert, key };
}

beforeAll(async () => {
  chmodSync(dir, 0o755); // for the user Postgres runs as when we are root
  const certificates = openssl === undefined ? undefined : makeCertificates();
  postgres = await startPostgres({
    dir: path.join(dir, "postgres"),
    password: "sésame 🔑",
    ephemeral: true,
    ...(certificates &&
      { settings: { ssl: "on", ssl_cert_file: certificates.cert, ssl_key_file: certificates.key } }),
  });
  const trial = path.join(dir, "trial.js");
  const bundled = await bundleText({ name: "trial", text: 'import "./knative/image/thin/trial.ts";' });
  writeFileSync(trial, bundled.code);
  const deno = path.join(path.dirname(createRequire(import.meta.url).resolve("deno/package.json")), "deno");
  const output = await run(deno, [
    "run",
    "--no-config",
    "-A",
    "--quiet",
    trial,
    postgres.url(),
    certificates?.authority ?? "",
  ]);
  for (const line of output.trim().split("\n")) {
    const [name, result] = JSON.parse(line) as [string, unknown];
    found[name] = result;
  }
}, 60_000);

afterAll(async () => {
  await postgres?.stop();
  rmSync(dir, { recursive: true, force: true });
});

test.each<[name: string, expected: unknown]>([
  ["values", [true, [0, 1, 127, 128, 255], ["a", 'b"\\,'], null, { deep: [1, "x"] }, "-5", true]],
  ["large", [true, 5_500_000, 50_000, 50_000]],
  ["wrong password", "28P01"],
  ["refused", "ECONNREFUSED"],
  ["no such host", "ENOTFOUND"],
  ["prepared", 1],
  ["pool", [4, true]],
  ["idle", [true, false, true]],
  ["cancelled", ["57014", 1]],
  ["lost", ["CONNECTION_CLOSED", "57P01", true]],
  ["transactions", ["23505", [2, 3]]],
  ["cursor", [10, 10, 5]],
  ["listen", "hello"],
])("%s", (name, expected) => expect(found[name]).toEqual(expected));

test.skipIf(openssl === undefined).each<[name: string, expected: unknown]>([
  ["verified", true],
  ["another name", expect.stringMatching(/certificate/i)],
  ["unknown authority", expect.stringMatching(/UnknownIssuer|certificate/i)],
  ["unverified", expect.stringContaining("set DATABASE_CA")],
])("TLS: %s", (name, expected) => expect(found[name]).toEqual(expected));
