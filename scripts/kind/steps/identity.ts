import type { Secrets } from "../../start/secrets.ts";
import { applied, namespace, secret, waited } from "../commands.ts";
import { chatUrl, domain, identityUrl, people } from "../names.ts";
import type { Step } from "../step.ts";
import { images } from "../versions.ts";

/** Whom access tokens are for. */
const audience = {
  name: "audience",
  protocol: "openid-connect",
  protocolMapper: "oidc-audience-mapper",
  config: { "included.custom.audience": "parley-api", "access.token.claim": "true", "id.token.claim": "false" },
};

/** The realm: our client, and two people who can sign in at once. Keycloak reads it at its first start. */
const realm = (secrets: Secrets) => ({
  realm: "parley",
  enabled: true,
  registrationAllowed: true,
  bruteForceProtected: true,
  accessTokenLifespan: 300,
  revokeRefreshToken: true,
  refreshTokenMaxReuse: 0,
  clients: [{
    clientId: "parley-web",
    enabled: true,
    protocol: "openid-connect",
    publicClient: false,
    clientAuthenticatorType: "client-secret",
    secret: secrets("oidc-client"),
    standardFlowEnabled: true,
    implicitFlowEnabled: false,
    directAccessGrantsEnabled: false,
    redirectUris: [`${chatUrl}/auth/callback`],
    webOrigins: [chatUrl],
    attributes: { "pkce.code.challenge.method": "S256" },
    protocolMappers: [audience],
    defaultClientScopes: ["basic", "profile", "email"], // built in, as long as the realm names no scopes of its own
  }],
  users: people.map((username) => ({
    username,
    enabled: true,
    email: `${username}@example.org`,
    emailVerified: true,
    firstName: username[0]!.toUpperCase() + username.slice(1),
    lastName: "Verified",
    credentials: [{ type: "password", value: secrets(username), temporary: false }],
  })),
});

const labels = { app: "keycloak" };

/**
 * Keycloak in its development mode, with its database in its own pod: the real sign-in, and gone with its pod. What it
 * is told of addresses is what production tells it: people see `auth.…`, functions ask its Service.
 */
const keycloak = (secrets: Secrets) => [
  namespace("keycloak"),
  secret("keycloak", "realm", { "parley.json": JSON.stringify(realm(secrets)) }),
  secret("keycloak", "keycloak-admin", { username: "admin", password: secrets("keycloak-admin") }),
  {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "keycloak", namespace: "keycloak" },
    spec: {
      replicas: 1,
      strategy: { type: "Recreate" },
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [{
            name: "keycloak",
            image: images.keycloak,
            args: [
              "start-dev",
              "--import-realm",
              "--health-enabled=true",
              `--hostname=${identityUrl}`,
              "--hostname-backchannel-dynamic=true",
              "--proxy-headers=xforwarded",
            ],
            env: ["username", "password"].map((key) => ({
              name: `KC_BOOTSTRAP_ADMIN_${key.toUpperCase()}`,
              valueFrom: { secretKeyRef: { name: "keycloak-admin", key } },
            })),
            ports: [{ name: "http", containerPort: 8080 }],
            readinessProbe: { httpGet: { path: "/health/ready", port: 9000 }, periodSeconds: 3, failureThreshold: 100 },
            volumeMounts: [{ name: "realm", mountPath: "/opt/keycloak/data/import", readOnly: true }],
          }],
          volumes: [{ name: "realm", secret: { secretName: "realm" } }],
        },
      },
    },
  },
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "keycloak-service", namespace: "keycloak" },
    spec: { selector: labels, ports: [{ name: "http", port: 8080, targetPort: 8080 }] },
  },
  {
    apiVersion: "traefik.io/v1alpha1",
    kind: "IngressRoute",
    metadata: { name: "keycloak", namespace: "keycloak" },
    spec: {
      entryPoints: ["websecure"],
      routes: [{
        kind: "Rule",
        match: `Host(\`auth.${domain}\`) && (PathPrefix(\`/realms/\`) || PathPrefix(\`/resources/\`))`,
        services: [{ name: "keycloak-service", port: 8080 }],
      }],
      tls: {},
    },
  },
];

/** Where people sign in. */
export const identity = (secrets: Secrets): Step[] => [
  applied("Keycloak with the realm parley", ...keycloak(secrets)),
  waited("Keycloak is ready", "keycloak", "condition=Available", "deployment/keycloak"),
];
