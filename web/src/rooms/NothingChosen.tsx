import { Show } from "solid-js";
import { useParley } from "../parley/ParleyContext.ts";
import { useShell } from "../shell/ShellContext.ts";

/** The page beside the list while no room is open. */
export function NothingChosen() {
  const { me, rooms } = useParley();
  const { startConversation } = useShell();
  return (
    <section class="nothing-chosen">
      <h1>Hello, {me().displayName}.</h1>
      <Show
        when={rooms.all().length > 0}
        fallback={<p>This is quiet still. Find somebody you know and say the first word.</p>}
      >
        <p>Choose a conversation on the left, or begin another.</p>
      </Show>
      <button type="button" class="button primary" onClick={startConversation}>Start a conversation</button>
    </section>
  );
}
