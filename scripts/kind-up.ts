import { lookup } from "node:dns/promises";
import { mkdirSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { chatUrl, identityUrl, people } from "./kind/names.ts";
import { plan, tools } from "./kind/plan.ts";
import { checkTools, run } from "./kind/run.ts";
import { typed } from "./kind/step.ts";
import { Fault } from "./start/fault.ts";
import { openSecrets } from "./start/secrets.ts";
import { terminal } from "./start/terminal.ts";

const house = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");
const dir = path.join(house, ".data/kind");
const screen = terminal();

/** Print every command and all that it reads, with names in place of passwords and this folder as the place. */
function show(): void {
  for (const step of plan({ house: ".", dir: ".data/kind" }, (name) => `<password of ${name}>`)) {
    screen.say(typed(step));
  }
}

async function up(): Promise<void> {
  await checkTools(Object.keys(tools));
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const secrets = openSecrets(dir);
  await run(plan({ house, dir }, secrets), screen);
  const hosts = [chatUrl, identityUrl].map((url) => new URL(url).hostname);
  const isKnown = await Promise.all(hosts.map((host) => lookup(host))).then(() => true, () => false);
  screen.say(`
  Parley is at ${chatUrl}
  Your browser asks once whether to trust it. Sign in as ${
    people.map((name) => `${name} (${secrets(name)})`).join(" or ")
  }.

  DENO_CERT=${path.relative(process.cwd(), dir)}/ca.crt npm run verify -- --url ${chatUrl} --idle-minutes 5 \\
    ${people.map((name) => `--user ${name}:${secrets(name)}`).join(" ")}
  npm run kind-down`);
  if (!isKnown) {
    screen.say(`
  Browsers find *.localhost by themselves, this system does not: verify needs "127.0.0.1 ${
      hosts.join(" ")
    }" in /etc/hosts`);
  }
}

try {
  const [option, ...more] = process.argv.slice(2);
  if (more.length > 0 || (option && option !== "--dry-run")) {
    throw new Fault("npm run kind-up takes --dry-run or nothing");
  }
  if (option) show();
  else await up();
} catch (error) {
  screen.fault(error instanceof Fault ? error.message : `Something unforeseen: ${(error as Error)?.stack ?? error}`);
  process.exitCode = 1;
}
