import { Buffer } from "./buffer.ts";
import { Events, type Listener } from "./events.ts";

/** Above this many bytes that wait to be sent, `write` says false, and `drain` comes when they are gone. */
const highWaterMark = 16 * 1024;

const readSize = 64 * 1024;

/** What the operating system calls a failure. Deno's errors carry its code, except where a name cannot be resolved. */
function coded(error: unknown): Error {
  const known = error as Error & { code?: string };
  if (known.code === undefined && /lookup address|resolve/.test(known.message)) known.code = "ENOTFOUND";
  return known;
}

/**
 * As much of `net.Socket` as the Postgres driver needs, over `Deno.connect`. It reads only while somebody listens to
 * `data`, so that between two reads a plain connection can become a secure one.
 */
export class Socket extends Events {
  readyState: "opening" | "open" | "closed" = "opening";
  /** Set by the driver. */
  host = "";
  port = 0;
  #conn: Deno.Conn | undefined;
  #isReading = false;
  #isWriting = false;
  #isEnding = false;
  #isFull = false;
  #waiting: { bytes: Uint8Array; sent?: (() => void) | undefined }[] = [];
  #waitingBytes = 0;

  /** A port and host, or the path of a Unix socket. */
  connect(to: number | string, hostname?: string): void {
    const connecting = typeof to === "number"
      ? Deno.connect({ port: to, hostname: hostname! })
      : Deno.connect({ transport: "unix", path: to });
    connecting.then((conn) => this.adopt(conn, "connect"), (error) => this.destroy(coded(error)));
  }

  /** Take over a connection, and say by `event` that it is there. */
  adopt(conn: Deno.Conn, event: string): void {
    if (this.readyState === "closed") return conn.close(); // it was given up meanwhile
    this.#conn = conn;
    this.readyState = "open";
    this.emit(event);
    void this.#read();
  }

  /** Give the connection away: this socket is of no use any more. */
  release(): Deno.Conn | undefined {
    const conn = this.#conn;
    this.#conn = undefined;
    this.readyState = "closed";
    return conn;
  }

  override on(event: string, listener: Listener): this {
    super.on(event, listener);
    if (event === "data") void this.#read();
    return this;
  }

  async #read(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    const into = new Uint8Array(readSize);
    try {
      while (this.#conn && this.has("data")) {
        const length = await this.#conn.read(into);
        if (length === null) this.destroy();
        else if (this.readyState === "open") this.emit("data", Buffer.from(into.subarray(0, length)));
      }
    } catch (error) {
      this.destroy(coded(error));
    } finally {
      this.#isReading = false;
    }
  }

  write(bytes: Uint8Array, sent?: () => void): boolean {
    if (this.readyState === "closed") return false;
    this.#waiting.push({ bytes, sent });
    this.#waitingBytes += bytes.length;
    if (!this.#isWriting) void this.#flush();
    this.#isFull = this.#waitingBytes > highWaterMark;
    return !this.#isFull;
  }

  async #flush(): Promise<void> {
    this.#isWriting = true;
    try {
      while (this.#conn && this.#waiting.length > 0) {
        const { bytes, sent } = this.#waiting.shift()!;
        for (let at = 0; at < bytes.length;) at += await this.#conn!.write(bytes.subarray(at));
        this.#waitingBytes -= bytes.length;
        sent?.();
      }
    } catch (error) {
      this.destroy(coded(error));
    } finally {
      this.#isWriting = false;
    }
    if (this.#isEnding) return this.destroy();
    if (!this.#isFull) return;
    this.#isFull = false;
    this.emit("drain");
  }

  /** Close when everything, these bytes last, has been sent. */
  end(bytes: Uint8Array): void {
    this.#isEnding = true;
    this.write(bytes);
  }

  /** Close at once; `error` and `close` follow, as on Node in a later turn. */
  destroy(error?: Error): void {
    if (this.readyState === "closed") return;
    this.readyState = "closed";
    try {
      this.#conn?.close();
    } catch {
      // It was closed by what went wrong.
    }
    this.#conn = undefined;
    queueMicrotask(() => {
      if (error) this.emit("error", error);
      this.emit("close", error !== undefined);
    });
  }

  /** The probes' interval is the kernel's. */
  setKeepAlive(isKept: boolean): void {
    (this.#conn as Deno.TcpConn | undefined)?.setKeepAlive?.(isKept);
  }

  pause(): void {}
  resume(): void {}
}

/** Whether a host is an address already: 4 or 6, or 0 for a name. */
export const isIP = (host: string): number => /^\d+(\.\d+){3}$/.test(host) ? 4 : host.includes(":") ? 6 : 0;

export default { Socket, isIP };
