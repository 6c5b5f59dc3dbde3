import { createContext, useContext } from "solid-js";
import type { Parley } from "./createParley.ts";

export const ParleyContext = createContext<Parley>();

/** What every component behind the sign-in works with. */
export function useParley(): Parley {
  const parley = useContext(ParleyContext);
  if (!parley) throw new Error("Cannot use Parley here: no ParleyContext.Provider above this component");
  return parley;
}
