import { A } from "@solidjs/router";
import { useParley } from "../parley/ParleyContext.ts";
import { Avatar } from "../people/Avatar.tsx";
import { Icon } from "../ui/Icon.tsx";
import { AccountEndings } from "./AccountEndings.tsx";
import { ProfileForm } from "./ProfileForm.tsx";
import "./profile.css";

/** Me, as others see me, and the way out. */
export function ProfilePage() {
  const { me, signOut, toasts } = useParley();
  return (
    <section class="sheet">
      <header class="sheet-header">
        <A href="/" replace class="icon-button only-narrow" aria-label="Back to all conversations">
          <Icon name="back" />
        </A>
        <h1>Profile</h1>
        <button type="button" class="button quiet" onClick={() => toasts.attempt(signOut)}>
          <Icon name="signOut" />
          <span class="button-label">Sign out</span>
        </button>
      </header>
      <div class="profile-head">
        <Avatar id={me().id} name={me().displayName} url={me().avatarUrl} />
        <div>
          <p class="person-name">{me().displayName}</p>
          <p class="hint">@{me().username} {me().email && `· ${me().email}`}</p>
        </div>
      </div>
      <ProfileForm />
      <AccountEndings />
    </section>
  );
}
