import { A } from "@solidjs/router";
import { useParley } from "../parley/ParleyContext.ts";
import { Avatar } from "../people/Avatar.tsx";
import { RoomList } from "../rooms/RoomList.tsx";
import { ThemeToggle } from "../theme/ThemeToggle.tsx";
import { Icon } from "../ui/Icon.tsx";
import { useShell } from "./ShellContext.ts";
import { Wordmark } from "./Wordmark.tsx";

const isMac = /Mac|iP(hone|ad)/.test(navigator.userAgent);

/** Where to go: my conversations, my contacts, my profile. */
export function Sidebar() {
  const { me } = useParley();
  const { openSwitcher, startConversation } = useShell();
  return (
    <div class="sidebar">
      <header class="sidebar-header">
        <A href="/" class="home-link" aria-label="Parley: all conversations">
          <Wordmark />
        </A>
        <ThemeToggle />
        <button
          type="button"
          class="icon-button"
          aria-label="New conversation"
          title="New conversation"
          onClick={startConversation}
        >
          <Icon name="compose" />
        </button>
      </header>
      <button
        type="button"
        class="switcher-button"
        aria-keyshortcuts={isMac ? "Meta+K" : "Control+K"}
        onClick={openSwitcher}
      >
        <Icon name="search" />
        <span>Search</span>
        <kbd aria-hidden="true">{isMac ? "⌘" : "Ctrl"} K</kbd>
      </button>
      <nav class="sidebar-rooms" aria-label="Conversations">
        <RoomList />
      </nav>
      <nav class="tab-bar" aria-label="Main">
        <A href="/" end activeClass="is-active" class="tab only-narrow">
          <Icon name="chat" />Chats
        </A>
        <A href="/contacts" activeClass="is-active" class="tab">
          <Icon name="contacts" />Contacts
        </A>
        <A href="/profile" activeClass="is-active" class="tab">
          <Avatar id={me().id} name={me().displayName} url={me().avatarUrl} />
          <span class="tab-name">
            <span class="only-narrow">Profile</span>
            <span class="only-wide">{me().displayName}</span>
          </span>
        </A>
      </nav>
    </div>
  );
}
