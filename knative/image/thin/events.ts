// deno-lint-ignore no-explicit-any -- each event has arguments of its own
export type Listener = (...args: any[]) => void;

/** As much of Node's EventEmitter as a socket's user needs. An `error` nobody listens to is dropped. */
export class Events {
  readonly #listeners = new Map<string, Listener[]>();

  on(event: string, listener: Listener): this {
    const listeners = this.#listeners.get(event) ?? [];
    this.#listeners.set(event, [...listeners, listener]);
    return this;
  }

  once(event: string, listener: Listener): this {
    const only: Listener = (...args) => {
      this.removeListener(event, only);
      listener(...args);
    };
    return this.on(event, only);
  }

  removeListener(event: string, listener: Listener): this {
    const left = (this.#listeners.get(event) ?? []).filter((one) => one !== listener);
    this.#listeners.set(event, left);
    return this;
  }

  removeAllListeners(): this {
    this.#listeners.clear();
    return this;
  }

  has(event: string): boolean {
    return (this.#listeners.get(event) ?? []).length > 0;
  }

  emit(event: string, ...args: unknown[]): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(...args);
  }
}
