import { applied, kubectl, namespace } from "../commands.ts";
import { cluster, domain, image } from "../names.ts";
import type { Step } from "../step.ts";

/** One node, whose ports 80 and 443 are this machine's, on loopback only. */
const clusterConfig = {
  kind: "Cluster",
  apiVersion: "kind.x-k8s.io/v1alpha4",
  nodes: [{
    role: "control-plane",
    extraPortMappings: [80, 443].map((port) => ({
      containerPort: port,
      hostPort: port,
      listenAddress: "127.0.0.1",
    })),
  }],
};

/** The cluster itself, and our image in it. `house` is the folder of this repository. */
export const machine = (house: string): Step[] => [
  {
    name: `kind cluster ${cluster}`,
    run: ["kind", "create", "cluster", "--name", cluster, "--wait", "5m", "--config", "-"],
    objects: [clusterConfig],
    unless: kubectl("get", "--raw", "/readyz"),
  },
  { name: `image ${image}, built from this folder`, run: ["docker", "build", "--tag", image, house] },
  { name: "image in the cluster", run: ["kind", "load", "docker-image", image, "--name", cluster] },
];

const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc", "-days", "825"];

/**
 * An authority of this machine alone and its certificate for the domain, in `dir`, for Traefik. Nobody is made to trust
 * it: a browser asks once, and `npm run verify` is told by DENO_CERT.
 */
export function certificates(dir: string): Step[] {
  const [ca, caKey, leaf, leafKey] = ["ca.crt", "ca.key", "tls.crt", "tls.key"].map((name) => `${dir}/${name}`) as [
    string,
    string,
    string,
    string,
  ];
  const create = kubectl("create", "secret", "tls", "chat-tls", "--namespace", "traefik", "--cert", leaf);
  return [
    {
      name: "certificate authority",
      run: ["openssl", "req", "-x509", ...key, "-subj", "/CN=Parley on kind", "-keyout", caKey, "-out", ca],
      unlessFile: ca,
    },
    {
      name: `certificate of *.${domain}`,
      run: [
        ...["openssl", "req", "-x509", ...key, "-subj", `/CN=chat.${domain}`, "-CA", ca, "-CAkey", caKey],
        ...["-addext", `subjectAltName=DNS:chat.${domain},DNS:auth.${domain}`],
        ...["-addext", "basicConstraints=critical,CA:FALSE", "-keyout", leafKey, "-out", leaf],
      ],
      unlessFile: leaf,
    },
    applied("namespace traefik", namespace("traefik")),
    {
      name: "certificate in the cluster",
      from: [...create, "--key", leafKey, "--dry-run=client", "--output", "yaml"],
      run: kubectl("apply", "--server-side", "--force-conflicts", "-f", "-"),
    },
  ];
}
