import { request as plain } from "node:http";
import { request as tls } from "node:https";

/** How long an edge may take to refuse, in milliseconds. A function that is woken by mistake may need as long. */
const answerMs = 15_000;

export interface RawAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** One GET with headers that `fetch` would not send, such as another `Host`; redirects are not followed. */
export const rawGet = (url: URL, headers: Record<string, string> = {}): Promise<RawAnswer> =>
  new Promise((answer, fail) => {
    const request = url.protocol === "https:" ? tls : plain;
    const asked = request(url, { headers, timeout: answerMs }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => body += text).on("error", fail);
      response.on("end", () => answer({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    asked.on("timeout", () => asked.destroy(new Error(`no answer within ${answerMs / 1000} s`)));
    asked.on("error", fail);
    asked.end();
  });
