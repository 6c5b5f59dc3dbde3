import { For } from "solid-js";
import type { Message } from "../../../functions/chat/model.ts";
import { useParley } from "../parley/ParleyContext.ts";

/** What people say most often without words. */
const usual = {
  "👍": "Thumbs up",
  "❤️": "Heart",
  "😂": "Laughing",
  "🎉": "Party",
  "😮": "Surprised",
  "😢": "Crying",
  "🙏": "Thank you",
  "👀": "Looking",
};

/** The usual reactions, each a switch. */
export function EmojiRow(props: { message: Message; onDone: () => void }) {
  const { rooms, me } = useParley();
  const isMine = (emoji: string) =>
    rooms.reactionsOf(props.message).some((reaction) => reaction.emoji === emoji && reaction.userIds.includes(me().id));
  function choose(emoji: string) {
    rooms.react(props.message, emoji);
    props.onDone();
  }
  return (
    <div class="emoji-row" role="group" aria-label="React">
      <For each={Object.entries(usual)}>
        {([emoji, name]) => (
          <button
            type="button"
            aria-label={name}
            title={name}
            aria-pressed={isMine(emoji)}
            onClick={() => choose(emoji)}
          >
            {emoji}
          </button>
        )}
      </For>
    </div>
  );
}
