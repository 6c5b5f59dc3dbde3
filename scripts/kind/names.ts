/** Names on which this cluster and the generated manifests (knative/generated/environments/kind) agree. */

export const cluster = "parley";

/** kind's name for it in kubectl and helm; with it, no other cluster is ever touched. */
export const context = `kind-${cluster}`;

/** `*.localhost` is this machine. */
export const domain = "parley.localhost";
export const chatUrl = `https://chat.${domain}`;
export const identityUrl = `https://auth.${domain}`;

/** Under this name the image is built and loaded. Knative looks for no digest at a registry called kind.local. */
export const image = "kind.local/parley:local";

export const app = "app";

/** As CloudNativePG names what belongs to a cluster `app-db`. */
export const postgres = { namespace: "postgres", cluster: "app-db", pooler: "app-db-pooler" } as const;

/** Each database with the role that owns it, and the setting by which functions find it. */
export const databases = [
  { name: "chat-service-db", role: "chat_service", setting: "CHAT_DATABASE_URL" },
  { name: "user-service-db", role: "user_service", setting: "USER_DATABASE_URL" },
] as const;

/** Who can sign in at once. `npm run kind-up` prints their passwords. */
export const people = ["ada", "grace"] as const;
