import { For, Show } from "solid-js";

/**
 * Web addresses, without the punctuation that ends the sentence around them. A closing parenthesis belongs to the address
 * only when its opening one does, as in those of Wikipedia.
 */
const address = /\bhttps?:\/\/(?:\([^\s<>"'()]*\)|[^\s<>"'()])*(?:\([^\s<>"'()]*\)|[^\s<>"'().,:;!?\]}])/gi;

/** Text cut where a web address begins or ends. Only http and https, so nothing here can run. */
function partsOf(text: string): { text: string; isLink: boolean }[] {
  const parts: { text: string; isLink: boolean }[] = [];
  let from = 0;
  for (const { 0: link, index } of text.matchAll(address)) {
    if (index > from) parts.push({ text: text.slice(from, index), isLink: false });
    parts.push({ text: link, isLink: true });
    from = index + link.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), isLink: false });
  return parts;
}

/** What somebody wrote, its lines kept and its addresses made links. */
export function MessageText(props: { text: string }) {
  return (
    <For each={partsOf(props.text)}>
      {(part) => (
        <Show when={part.isLink} fallback={part.text}>
          <a href={part.text} target="_blank" rel="noopener noreferrer nofollow ugc">{part.text}</a>
        </Show>
      )}
    </For>
  );
}
