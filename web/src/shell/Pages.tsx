import { Navigate, Route, Router } from "@solidjs/router";
import { ContactsPage } from "../contacts/ContactsPage.tsx";
import { ConversationPage } from "../conversation/ConversationPage.tsx";
import { ProfilePage } from "../profile/ProfilePage.tsx";
import { NothingChosen } from "../rooms/NothingChosen.tsx";
import { SearchPage } from "../search/SearchPage.tsx";
import { Shell } from "./Shell.tsx";

/** Which path shows what. */
export function Pages() {
  return (
    <Router root={Shell}>
      <Route path="/" component={NothingChosen} />
      <Route path="/rooms/:roomId" component={ConversationPage} />
      <Route path="/search" component={SearchPage} />
      <Route path="/contacts" component={ContactsPage} />
      <Route path="/profile" component={ProfilePage} />
      <Route path="*" component={() => <Navigate href="/" />} />
    </Router>
  );
}
