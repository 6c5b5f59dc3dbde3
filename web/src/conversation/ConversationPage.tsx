import { A, useParams, useSearchParams } from "@solidjs/router";
import { createMemo, createSignal, onCleanup, onMount, Show } from "solid-js";
import { useParley } from "../parley/ParleyContext.ts";
import { Conversation } from "./Conversation.tsx";
import "./conversation.css";

/**
 * The room that the path names, as soon as it is here; a word when it is not for us. `?at=` is the seq of a message
 * that somebody wants to see.
 */
export function ConversationPage() {
  const params = useParams<{ roomId: string }>();
  const [search] = useSearchParams<{ at?: string }>();
  const place = () => Number(search.at) || undefined;
  return <Show when={params.roomId} keyed>{(roomId) => <OpenRoom roomId={roomId} place={place()} />}</Show>;
}

function OpenRoom(props: { roomId: string; place: number | undefined }) {
  const { rooms } = useParley();
  const room = createMemo(() => rooms.get(props.roomId));
  const [isOpened, setOpened] = createSignal(false);
  void rooms.open(props.roomId, props.place).then(() => setOpened(true));
  onCleanup(() => rooms.close(props.roomId));
  return (
    <Show
      when={room()}
      fallback={
        <Show when={isOpened()} fallback={<Opening />}>
          <NotHere />
        </Show>
      }
    >
      {(room) => <Conversation room={room()} place={props.place} />}
    </Show>
  );
}

const Opening = () => <p class="page-note skeleton" role="status">Opening…</p>;

/** Takes the focus, because whoever wrote here a moment ago would else stand nowhere. */
function NotHere() {
  let heading!: HTMLHeadingElement;
  onMount(() => heading.focus());
  return (
    <section class="nothing-chosen">
      <h1 ref={heading} tabindex="-1">This conversation is not here.</h1>
      <p>It ended, or you are not in it.</p>
      <A class="button" href="/">All conversations</A>
    </section>
  );
}
