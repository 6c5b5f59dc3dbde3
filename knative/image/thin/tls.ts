import { Socket } from "./net.ts";

interface Options {
  socket: Socket;
  servername?: string;
  /** The PEM to verify the server against; without it, what the system trusts. */
  ca?: string;
  rejectUnauthorized?: boolean;
  ALPNProtocols?: string[];
}

/**
 * Go on securely over a connection. The server is always verified, its name too (`verify-full`): Deno has no other way,
 * and a URL that asks for less is refused in words.
 */
function connect({ socket, servername, ca, rejectUnauthorized = true, ALPNProtocols = [] }: Options): Socket {
  const secure = new Socket();
  const conn = socket.release() as Deno.TcpConn | undefined;
  const hostname = servername ?? socket.host;
  const options = { hostname, caCerts: ca ? [ca] : [], alpnProtocols: ALPNProtocols };
  const shaken = !rejectUnauthorized
    ? Promise.reject(new Error("Cannot use TLS without verification: set DATABASE_CA"))
    : !conn
    ? Promise.reject(new Error("Cannot use TLS: the connection was lost"))
    : Deno.startTls(conn, options).then(async (secured) => {
      await secured.handshake();
      return secured;
    });
  shaken.then((secured) => secure.adopt(secured, "secureConnect"), (error) => secure.destroy(error));
  return secure;
}

export default { connect };
