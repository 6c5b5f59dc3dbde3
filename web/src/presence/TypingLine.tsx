import { Show } from "solid-js";
import { useParley } from "../parley/ParleyContext.ts";

/** Writers who are named; more are counted. */
const named = 2;

/** Who else is writing in a room. Its line is always there, so that nothing moves when they begin. */
export function TypingLine(props: { roomId: string }) {
  const { typing, people } = useParley();
  function words(): string | undefined {
    const writers = typing.in(props.roomId);
    if (writers.length === 0) return;
    const who = writers.length > named
      ? `${writers.length} people`
      : writers.map((userId) => people.nameOf(userId)).join(" and ");
    return `${who} ${writers.length === 1 ? "is" : "are"} writing`;
  }
  return (
    <p class="typing-line">
      <Show when={words()}>
        {(words) => (
          <>
            {words()}
            <span class="typing-dots">…</span>
          </>
        )}
      </Show>
    </p>
  );
}
