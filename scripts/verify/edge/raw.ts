import { readFileSync } from "node:fs";
import { request as plain } from "node:http";
import { request as secure } from "node:https";
import process from "node:process";
import { rootCertificates } from "node:tls";

/** How long an edge may take to refuse, in milliseconds. A function that is woken by mistake may need as long. */
const answerMs = 15_000;

export interface RawAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** Deno's `fetch` trusts `DENO_CERT` by itself, `node:https` must be told. */
function trusted(): { ca?: string[] } {
  const file = process.env["DENO_CERT"];
  return file ? { ca: [...rootCertificates, readFileSync(file, "utf8")] } : {};
}

/** One GET with headers that `fetch` would not send, such as another `Host`; redirects are not followed. */
export const rawGet = (url: URL, headers: Record<string, string> = {}): Promise<RawAnswer> =>
  new Promise((answer, fail) => {
    const isSecure = url.protocol === "https:";
    const tls = isSecure ? { servername: url.hostname, ...trusted() } : {}; // by the URL, whatever `Host` says
    const asked = (isSecure ? secure : plain)(url, { headers, timeout: answerMs, ...tls }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => body += text).on("error", fail);
      response.on("end", () => answer({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    asked.on("timeout", () => asked.destroy(new Error(`no answer within ${answerMs / 1000} s`)));
    asked.on("error", fail);
    asked.end();
  });
