import { type Accessor, createEffect, createSignal, on, onCleanup } from "solid-js";
import { isTransient } from "../api/RequestFailed.ts";
import { useParley } from "../parley/ParleyContext.ts";
import { backoff } from "../time/backoff.ts";
import { makePause } from "../time/makePause.ts";

interface Page<Row> {
  rows: readonly Row[];
  cursor: string | null;
}

/** Somebody waits and looks: tried again at least this often while the server cannot be reached, in milliseconds. */
const patienceMs = 4_000;

/**
 * A list that the server gives page by page, from its beginning again whenever `key` changes; null asks for nothing.
 * `rows` is undefined until the first page is here.
 */
export function createPages<Row>(
  fetch: (cursor: string | undefined, key: string) => Promise<Page<Row>>,
  key: Accessor<string | null> = () => "",
) {
  const { clock, toasts } = useParley();
  const [rows, setRows] = createSignal<readonly Row[]>();
  const [cursor, setCursor] = createSignal<string | null>(null);
  const [isLoading, setLoading] = createSignal(false);
  const pause = makePause(clock);
  onCleanup(pause.close);

  async function load(wanted: string, from?: string) {
    const isWanted = () => key() === wanted;
    setLoading(true);
    await toasts.attempt(async () => {
      for (let failures = 0; isWanted(); failures++) {
        try {
          const page = await fetch(from, wanted);
          if (!isWanted()) return;
          setRows((known) => from === undefined ? page.rows : [...known ?? [], ...page.rows]);
          setCursor(page.cursor);
          return;
        } catch (error) {
          if (!isTransient(error)) throw error;
          await pause.for(backoff(failures, { cap: patienceMs }));
        }
      }
    });
    if (isWanted()) setLoading(false);
  }

  createEffect(on(key, (key) => {
    setRows(undefined);
    setCursor(null);
    if (key !== null) void load(key);
  }));

  return {
    rows,
    isLoading,
    hasMore: () => cursor() !== null,
    more() {
      const wanted = key(), from = cursor();
      if (wanted !== null && from !== null && !isLoading()) void load(wanted, from);
    },
  };
}
