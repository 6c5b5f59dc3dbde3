import { type RouteSectionProps, useLocation } from "@solidjs/router";
import { createEffect, createSignal, onCleanup, Show } from "solid-js";
import { useParley } from "../parley/ParleyContext.ts";
import { NewConversation } from "../rooms/NewConversation.tsx";
import { Switcher } from "../rooms/Switcher.tsx";
import { ConnectionBanner } from "./ConnectionBanner.tsx";
import { ShellContext } from "./ShellContext.ts";
import { Sidebar } from "./Sidebar.tsx";
import { Toasts } from "./Toasts.tsx";
import "./shell.css";

const titles: Record<string, string> = { "/contacts": "Contacts", "/profile": "Profile", "/search": "Search" };

/** The frame around every page: rooms at the side, the page, and what floats above both. */
export function Shell(props: RouteSectionProps) {
  const { rooms, titleOf } = useParley();
  const location = useLocation();
  const [open, setOpen] = createSignal<"switcher" | "new">();
  const close = () => setOpen(undefined);

  /** Where this tab is, so that a row of tabs and the browser's history can be told apart. */
  function place(): string | undefined {
    const room = rooms.get(location.pathname.replace("/rooms/", ""));
    return room ? titleOf(room) : titles[location.pathname];
  }
  createEffect(() => {
    const count = rooms.unread() ? `(${rooms.unread()}) ` : "";
    document.title = count + [place(), "Parley"].filter(Boolean).join(" · ");
  });

  const press = (event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    setOpen(open() === "switcher" ? undefined : "switcher");
  };
  addEventListener("keydown", press);
  onCleanup(() => removeEventListener("keydown", press));

  return (
    <ShellContext.Provider value={{ openSwitcher: () => setOpen("switcher"), startConversation: () => setOpen("new") }}>
      <a class="skip-link" href="#content" rel="external">Skip to content</a>
      <div class="shell" data-pane={location.pathname === "/" ? "list" : "page"}>
        <Sidebar />
        <main id="content" tabindex="-1" class="page">{props.children}</main>
      </div>
      <ConnectionBanner />
      <Toasts />
      <Show when={open() === "switcher"}>
        <Switcher onClose={close} />
      </Show>
      <Show when={open() === "new"}>
        <NewConversation onClose={close} />
      </Show>
    </ShellContext.Provider>
  );
}
