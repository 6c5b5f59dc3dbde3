/**
 * Who this browser acts for, shared by its tabs: a tab that finds somebody else here (or nobody) stops acting for the
 * person it was opened by.
 */
const key = "parley:user";

export const rememberUser = (userId: string) => localStorage.setItem(key, userId);
export const forgetUser = () => localStorage.removeItem(key);
export const isUser = (userId: string) => localStorage.getItem(key) === userId;

/** Call `run` when another tab signs in, or out. The answer stops listening. */
export function onUserChange(run: () => void): () => void {
  const listen = (event: StorageEvent) => {
    if (event.key === key || event.key === null) run();
  };
  addEventListener("storage", listen);
  return () => removeEventListener("storage", listen);
}
