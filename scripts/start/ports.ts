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

/** Whether somebody else listens on this port of 127.0.0.1 already. */
export const isTaken = (port: number): Promise<boolean> =>
  new Promise((answer, failed) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => error.code === "EADDRINUSE" ? answer(true) : failed(error));
    server.listen(port, "127.0.0.1", () => server.close(() => answer(false)));
  });
