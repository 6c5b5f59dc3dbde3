import { createContext, useContext } from "solid-js";

/** What any page may ask the frame to open. */
interface ShellActions {
  openSwitcher(): void;
  startConversation(): void;
}

export const ShellContext = createContext<ShellActions>({ openSwitcher() {}, startConversation() {} });
export const useShell = () => useContext(ShellContext);
