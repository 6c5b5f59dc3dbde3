import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { signIn, signUp } from "./sign-in.ts";
import { makeVisitor } from "./visitor.ts";

const servers: Server[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));

async function serve(hostname: string, answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((up) => server.listen(0, "127.0.0.1", up));
  return `http://${hostname}:${(server.address() as AddressInfo).port}`;
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = "";
  for await (const chunk of request) text += chunk;
  return new URLSearchParams(text);
}

/** A sign-in page as Keycloak's theme has it: an absolute action with entities, a hidden field, a box to tick. */
const keycloaksPage = (action: string, message = "") =>
  `<!DOCTYPE html><html class="login-pf"><body>
  ${message && `<div class="alert-error"><span class="kc-feedback-text">${message}</span></div>`}
  <form id="kc-form-login" class="form" onsubmit="login.disabled = true; return true;" action="${action}" method="post">
    <input tabindex="2" id="username" name="username" value="" type="text" autofocus autocomplete="username"/>
    <input tabindex="3" id="password" name="password" type="password" autocomplete="current-password" />
    <input tabindex="5" id="rememberMe" name="rememberMe" type="checkbox">
    <input type="hidden" id="id-hidden-input" name="credentialId" />
    <input tabindex="7" name="login" id="kc-login" type="submit" value="Sign In"/>
  </form></body></html>`;

/** A Parley whose people sign in at a provider of another host, which keeps a cookie for each sign-in. */
async function aParleyWithKeycloak() {
  const received: URLSearchParams[] = [];
  const provider: string = await serve("127.0.0.1", async (request, response) => {
    const action = `${provider}/realms/parley/login-actions/authenticate?session_code=a&amp;tab_id=b`;
    if (request.method === "GET") {
      response.writeHead(200, { "set-cookie": "AUTH_SESSION_ID=s; Path=/realms/parley/; HttpOnly" });
      return response.end(keycloaksPage(action));
    }
    const form = await formOf(request);
    received.push(form);
    const isRight = form.get("password") === "right" && request.headers.cookie === "AUTH_SESSION_ID=s" &&
      request.url?.endsWith("?session_code=a&tab_id=b");
    if (!isRight) return response.end(keycloaksPage(action, "Invalid username or password."));
    response.writeHead(302, { location: `${home}/auth/callback?code=c` }).end();
  });
  const home: string = await serve("localhost", (request, response) => {
    const { pathname } = new URL(request.url!, "http://localhost");
    if (pathname === "/auth/login") {
      return response.writeHead(302, { location: `${provider}/realms/parley/protocol/openid-connect/auth` }).end();
    }
    if (pathname === "/auth/callback") {
      const cookies = ["parley-access=t; Path=/; HttpOnly; SameSite=Strict"];
      return response.writeHead(302, { location: "/?verified", "set-cookie": cookies }).end();
    }
    response.end(request.headers.cookie ?? "");
  });
  return { base: new URL(home), received };
}

test("somebody whom Keycloak knows comes in by its page, and brings their cookies home", async () => {
  const { base, received } = await aParleyWithKeycloak();
  const visitor = makeVisitor();

  await signIn(visitor, base, { username: "ada", password: "right" });

  expect(Object.fromEntries(received[0]!)).toEqual({ username: "ada", password: "right", credentialId: "" });
  expect(await (await visitor.send(new URL("/api/me", base))).text()).toBe("parley-access=t");
});

test("a wrong password is told in the provider's words", async () => {
  const { base } = await aParleyWithKeycloak();

  const failure = signIn(makeVisitor(), base, { username: "ada", password: "wrong" });

  await expect(failure).rejects.toThrow("Invalid username or password.");
});

test("nobody can be signed up at Keycloak by a program, and that is told with the way out", async () => {
  const { base } = await aParleyWithKeycloak();

  await expect(signUp(makeVisitor(), base, "ada")).rejects.toThrow(/--user name:password twice$/);
});
