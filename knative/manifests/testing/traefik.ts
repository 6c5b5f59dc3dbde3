import path from "node:path";
import { ingressRoutes } from "../routes.ts";

/** A request as Traefik's router sees it: cleaned, and decoded but for what is reserved in a path. */
export interface Asked {
  method: string;
  path: string;
  host: string;
}

/** The matchers that our rules use, as Traefik 3.7 has them. `PathRegexp` is not anchored by itself. */
const matchers: Readonly<Record<string, (asked: Asked, argument: string) => boolean>> = {
  Host: ({ host }, argument) => host.toLowerCase() === argument.toLowerCase(),
  Method: ({ method }, argument) => method === argument.toUpperCase(),
  Path: ({ path }, argument) => path === argument,
  PathPrefix: ({ path }, argument) => path.startsWith(argument),
  PathRegexp: ({ path }, argument) => new RegExp(argument, "u").test(path),
};

/** Read a rule: `&&` binds more than `||`, brackets, backquoted strings. Throws for anything else. */
export function parseRule(rule: string): (asked: Asked) => boolean {
  const tokens = [...rule.matchAll(/\s*(&&|\|\||[A-Za-z]+\(`[^`]*`\)|[()]|\S)/g)].map(([, token]) => token!);
  let at = 0;

  type Test = (asked: Asked) => boolean;
  const joined = (sign: string, part: () => Test, join: (one: Test, other: Test) => Test) => (): Test => {
    let all = part();
    while (tokens[at] === sign) {
      at++;
      all = join(all, part());
    }
    return all;
  };
  function one(): Test {
    const token = tokens[at++] ?? "the end";
    if (token === "(") {
      const inner = either();
      if (tokens[at++] !== ")") throw new Error(`Cannot read ${rule}: a bracket is open`);
      return inner;
    }
    const [, name, argument] = /^([A-Za-z]+)\(`([^`]*)`\)$/.exec(token) ?? [];
    const matches = matchers[name ?? ""];
    if (!matches) throw new Error(`Cannot read ${rule} at ${token}`);
    return (asked) => matches(asked, argument!);
  }
  const both = joined("&&", one, (a, b) => (asked) => a(asked) && b(asked));
  const either: () => Test = joined("||", both, (a, b) => (asked) => a(asked) || b(asked));

  const test = either();
  if (at < tokens.length) throw new Error(`Cannot read ${rule}: something follows it`);
  return test;
}

/** `%2F` and its like stay as they are while Traefik matches; all else is decoded, `.`, `..` and `//` are cleaned. */
export function cleaned(target: string): string {
  const decoded = target.replace(
    /(?:%[0-9a-f]{2})+/gi,
    (encoded) =>
      encoded.split(/(%2f|%3f|%23|%25|%3b|%5c)/i).map((part, i) => i % 2 ? part : decodeURIComponent(part)).join(""),
  );
  return decoded.startsWith("/") ? path.posix.normalize(decoded) : decoded;
}

type Rule = ReturnType<typeof ingressRoutes>[number]["spec"]["routes"][number];

/** All rules that a request meets, and how they rank. */
export const rulesFor = (asked: Asked): Rule[] =>
  ingressRoutes()
    .flatMap(({ spec }) => spec.routes)
    .filter(({ match }) => parseRule(match)(asked))
    .sort((a, b) => b.priority - a.priority);

/** The Knative Service that a rule leads to, by its last middleware. */
export const serviceOf = ({ middlewares }: Rule): string => middlewares.at(-1)!.name.replace(/^to-/, "");
