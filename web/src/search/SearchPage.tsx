import { A, useSearchParams } from "@solidjs/router";
import { createEffect, createSignal, For, on, onMount, Show } from "solid-js";
import { useParley } from "../parley/ParleyContext.ts";
import { createPages } from "../ui/createPages.ts";
import { createRested } from "../ui/createRested.ts";
import { Icon } from "../ui/Icon.tsx";
import { FoundMessage } from "./FoundMessage.tsx";
import "./search.css";

/** What was said in my rooms, by words in it. The query stands in the address, so that going back finds it again. */
export function SearchPage() {
  const { api, clock } = useParley();
  const [search, setSearch] = useSearchParams<{ q?: string }>();
  const [query, setQuery] = createSignal(search.q ?? "");
  const rested = createRested(query, clock);
  const words = () => rested().replace(/[“”„«»]/g, '"').trim().slice(0, 80) || null; // as keyboards write quotes
  const found = createPages(async (cursor, q) => {
    const page = await api.searchMessages(q, cursor);
    return { rows: page.messages, cursor: page.cursor };
  }, words);
  let field!: HTMLInputElement;
  onMount(() => field.focus());
  createEffect(
    on(rested, (q) => setSearch({ q: q.trim() || undefined }, { replace: true, scroll: false }), { defer: true }),
  );
  createEffect(on(() => search.q, (q) => q !== undefined && q !== query().trim() && setQuery(q), { defer: true }));

  return (
    <section class="sheet">
      <header class="sheet-header">
        <A href="/" replace class="icon-button only-narrow" aria-label="Back to all conversations">
          <Icon name="back" />
        </A>
        <h1>Search messages</h1>
      </header>
      <form class="search-field" role="search" onSubmit={(event) => event.preventDefault()}>
        <Icon name="search" />
        <input
          ref={field}
          type="search"
          aria-label="Words"
          placeholder="What somebody said…"
          autocomplete="off"
          maxlength={80}
          value={query()}
          onInput={(event) => setQuery(event.currentTarget.value)}
        />
      </form>
      <ul class="found" aria-label="Messages found">
        <For each={found.rows()}>{(message) => <FoundMessage message={message} query={words() ?? ""} />}</For>
      </ul>
      <p class="hint" role="status">
        <Show when={words()} fallback="Words in any order; “a few words” in theirs; -without one.">
          <Show when={found.rows()} fallback="Searching…">
            {(rows) => rows().length === 0 && "Nobody said that in your conversations."}
          </Show>
        </Show>
      </p>
      <Show when={found.hasMore()}>
        <button type="button" class="button quiet" disabled={found.isLoading()} onClick={found.more}>Show more</button>
      </Show>
    </section>
  );
}
