/** One installation of Parley. These three are all that may differ between environments. */
export interface Environment {
  /** Parley is at `chat.<domain>`, the identity provider at `auth.<domain>`. */
  domain: string;
  /** Where the image is pulled from: a repository, without tag or digest. */
  registry: string;
  /** `thrifty`: nothing runs while nobody talks. `responsive`: what people wait for keeps one pod. */
  profile: "thrifty" | "responsive";
}

/** Every environment, by its name: `knative/generated/environments/<name>` is what Argo CD is pointed at. */
export const environments: Readonly<Record<string, Environment>> = {
  production: {
    domain: "example.com",
    registry: "europe-docker.pkg.dev/my-project/app/parley",
    profile: "thrifty",
  },
  /** A cluster on one's own machine, with the registry of kind's own recipe. `*.localhost` is this machine. */
  kind: {
    domain: "parley.localhost",
    registry: "localhost:5001/parley",
    profile: "thrifty",
  },
};

/** The identity provider's realm. */
export const realm = "parley";

/** The endpoints below a realm are where Keycloak has them. */
export const endpoint = (origin: string, name: string) => `${origin}/realms/${realm}/protocol/openid-connect/${name}`;

/** What functions are told of their environment. `HOST` is for the routes. */
export function addresses({ domain }: Environment) {
  const identity = `https://auth.${domain}`;
  return {
    HOST: `chat.${domain}`,
    OIDC_AUTHORIZATION_URL: endpoint(identity, "auth"),
    OIDC_ISSUER: `${identity}/realms/${realm}`,
    PUBLIC_URL: `https://chat.${domain}`,
  };
}
