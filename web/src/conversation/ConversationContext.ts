import { createContext, useContext } from "solid-js";
import type { OpenConversation } from "./createConversation.ts";

export const ConversationContext = createContext<OpenConversation>();

/** The conversation that is open around this component. */
export function useConversation(): OpenConversation {
  const conversation = useContext(ConversationContext);
  if (!conversation) throw new Error("Cannot use a conversation here: no ConversationContext.Provider above");
  return conversation;
}
