/** What functions and packages ask of `node:process`. An environment variable that may not be read is absent. */
const process = {
  env: new Proxy({} as Record<string, string | undefined>, {
    get: (_, name) => typeof name === "string" ? Deno.env.get(name) : undefined,
  }),

  once(signal: Deno.Signal, listener: () => void): void {
    const once = () => {
      Deno.removeSignalListener(signal, once);
      listener();
    };
    Deno.addSignalListener(signal, once);
  },

  exit: (code?: number): never => Deno.exit(code),
};

export { process };
export default process;
