/** The part of oidc-provider that we use. */
declare module "oidc-provider" {
  import type { IncomingMessage, ServerResponse } from "node:http";

  /** What a model is made of, as its adapter keeps it. */
  export type Payload = Record<string, unknown> & { grantId?: string; uid?: string; consumed?: number };

  export interface Adapter {
    upsert(id: string, payload: Payload, expiresInSeconds?: number): Promise<void>;
    find(id: string): Promise<Payload | undefined>;
    findByUid(uid: string): Promise<Payload | undefined>;
    findByUserCode(code: string): Promise<Payload | undefined>;
    consume(id: string): Promise<void>;
    destroy(id: string): Promise<void>;
    revokeByGrantId(grantId: string): Promise<void>;
  }

  interface Stored {
    destroy(): Promise<void>;
  }

  export interface RefreshToken extends Stored {
    accountId: string;
    clientId: string;
    grantId: string;
    sessionUid?: string;
  }

  export interface Grant extends Stored {
    accountId: string;
    addOIDCScope(scope: string): void;
    addResourceScope(resource: string, scope: string): void;
    save(): Promise<string>;
  }

  export interface Interaction {
    uid: string;
    params: { prompt?: string; login_hint?: string };
  }

  interface Model<T> {
    find(id: string): Promise<T | undefined>;
  }

  /** Koa's context, as far as our pages read and write it. */
  export interface Context {
    req: IncomingMessage;
    res: ServerResponse;
    method: string;
    path: string;
    ip: string;
    status: number;
    type: string;
    body: unknown;
    respond?: boolean;
    get(header: string): string;
    set(headers: Record<string, string>): void;
    redirect(url: string): void;
    oidc: {
      provider: Provider;
      client: { clientId: string };
      session: { accountId: string; grantIdFor(clientId: string): string | undefined };
      result?: { consent?: { grantId?: string } };
    };
  }

  export type Middleware = (ctx: Context, next: () => Promise<void>) => Promise<void>;

  export class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>);
    proxy: boolean;
    RefreshToken: Model<RefreshToken> & { revokeByGrantId(grantId: string): Promise<void> };
    AuthorizationCode: { revokeByGrantId(grantId: string): Promise<void> };
    Session: { findByUid(uid: string): Promise<Stored | undefined> };
    Grant: Model<Grant> & (new (of: { clientId: string; accountId: string }) => Grant);
    use(middleware: Middleware): this;
    on(event: string, listener: (...args: never[]) => void): this;
    callback(): (req: IncomingMessage, res: ServerResponse) => Promise<void>;
    interactionDetails(req: IncomingMessage, res: ServerResponse): Promise<Interaction>;
    interactionFinished(
      req: IncomingMessage,
      res: ServerResponse,
      result: Record<string, unknown>,
      options: { mergeWithLastSubmission: boolean },
    ): Promise<void>;
  }

  export namespace errors {
    class InvalidGrant extends Error {
      constructor(detail: string);
    }
    class SessionNotFound extends Error {}
  }

  export namespace interactionPolicy {
    class Prompt {
      constructor(options: { name: string; requestable: boolean });
    }
    function base(): Prompt[] & { add(prompt: Prompt, index?: number): void };
  }
}
