/// <reference path="./oidc-provider.d.ts" />
import type { Context, Middleware, Provider } from "oidc-provider";
import * as v from "valibot";
import type { Accounts } from "./accounts.ts";
import { limits } from "./attempts.ts";
import { readForm } from "./form.ts";
import { type Html, pageHeaders } from "./pages/layout.ts";
import { messagePage } from "./pages/message.ts";
import { signInPage } from "./pages/sign-in.ts";
import { signUpPage } from "./pages/sign-up.ts";
import { mistakes, NewAccount } from "./sign-up.ts";

/** Answer with one of our pages. */
export async function show(ctx: Context, status: number, content: Html): Promise<void> {
  ctx.status = status;
  ctx.set(pageHeaders);
  ctx.body = String(await content);
}

const wait = (minutes: number) =>
  `Too many attempts. Try again in ${minutes === 1 ? "a minute" : `${minutes} minutes`}.`;

interface Options {
  accounts: Accounts;
  mount: string;
  publicUrl: string;
}

/**
 * Our pages for a sign-in under way: `/interaction/<uid>` and its `/sign-in` and `/sign-up`. The provider's signed
 * cookie, which other sites cannot make a browser send with a form, says whose it is.
 */
export function interactions(provider: Provider, { accounts, mount, publicUrl }: Options): Middleware {
  const { byName, byAddress, joining } = limits();

  async function signIn(ctx: Context, base: string): Promise<string | undefined> {
    const form = await readForm(ctx.req);
    const login = form("login").trim();
    const name = login.toLowerCase();
    const refuse = (status: number, problem: string) => show(ctx, status, signInPage({ base, login, problem }));

    const minutes = Math.max(byName.minutesToWait(name), byAddress.minutesToWait(ctx.ip));
    if (minutes > 0) return void await refuse(429, wait(minutes));
    byName.began(name);
    byAddress.began(ctx.ip);
    const id = await accounts.check(login, form("password"));
    if (!id) return void await refuse(401, "That username and password do not match.");
    byName.clear(name);
    byAddress.forgive(ctx.ip);
    return id;
  }

  async function signUp(ctx: Context, base: string): Promise<string | undefined> {
    const form = await readForm(ctx.req);
    const values = {
      username: form("username"),
      email: form("email"),
      displayName: form("displayName"),
      password: form("password"),
    };
    const refuse = (status: number, wrong: ReturnType<typeof mistakes>, problem = "") =>
      show(ctx, status, signUpPage({ base, values, mistakes: wrong, problem }));

    const parsed = v.safeParse(NewAccount, values, { abortPipeEarly: true });
    if (!parsed.success) return void await refuse(422, mistakes(parsed.issues));
    const minutes = joining.minutesToWait(ctx.ip);
    if (minutes > 0) return void await refuse(429, {}, wait(minutes));
    joining.began(ctx.ip);
    const made = await accounts.create(parsed.output);
    if ("taken" in made) return void await refuse(409, { [made.taken]: "belongs to somebody else already" });
    return made.id;
  }

  const expired = (ctx: Context) =>
    show(
      ctx,
      400,
      messagePage({
        title: "This page has expired",
        text: "The sign-in it belonged to is over, or was begun in another browser. Begin again.",
        home: publicUrl,
      }),
    );

  return async (ctx, next) => {
    const [, uid, form] = /^\/interaction\/([\w-]+)(?:\/(sign-in|sign-up))?$/.exec(ctx.path) ?? [];
    if (!uid) return await next();
    const under = await provider.interactionDetails(ctx.req, ctx.res).catch(() => undefined);
    if (under?.uid !== uid) return await expired(ctx);

    const base = `${mount}/interaction/${uid}`;
    const isNew = form ? form === "sign-up" : under.params.prompt?.split(" ").includes("create");
    if (ctx.method !== "POST") {
      const login = under.params.login_hint ?? "";
      return await show(ctx, 200, isNew ? signUpPage({ base }) : signInPage({ base, login }));
    }

    const accountId = await (isNew ? signUp : signIn)(ctx, base);
    if (!accountId) return;
    const result = { login: { accountId, amr: ["pwd"] }, create: {} };
    ctx.respond = false; // the library answers from here on
    await provider.interactionFinished(ctx.req, ctx.res, result, { mergeWithLastSubmission: false });
  };
}
