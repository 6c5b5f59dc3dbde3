import { type AddressInfo, createServer } from "node:net";

/** A port of 127.0.0.1 that was free a moment ago. */
export const freePort = (): Promise<number> =>
  new Promise((found, failed) => {
    const server = createServer();
    server.once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => found(port));
    });
  });

/** Whether somebody listens on this port of this address already. Rejects when nobody can. */
export const isTaken = (port: number, host: string): Promise<boolean> =>
  new Promise((answer, failed) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => error.code === "EADDRINUSE" ? answer(true) : failed(error));
    server.listen(port, host, () => server.close(() => answer(false)));
  });
