import type { Operation } from "../history.ts";

/**
 * Of all operations on one thing, the last one, where it decides what the thing is now: nothing was asked while it was
 * under way, it was acknowledged, and no try on that thing went unanswered, which might be carried out later still.
 */
export function lastWords<Kind extends Operation>(operations: readonly Kind[], thing: (one: Kind) => string): Kind[] {
  const things = new Map<string, Kind[]>();
  for (const operation of operations) {
    if (operation.outcome === "refused") continue;
    const known = things.get(thing(operation));
    if (known) known.push(operation);
    else things.set(thing(operation), [operation]);
  }
  return [...things.values()].flatMap((all) => {
    const last = all.reduce((one, other) => one.startedAt > other.startedAt ? one : other);
    const isCertain = all.every(({ unanswered, outcome }) => unanswered === 0 && outcome === "acknowledged");
    const isAlone = all.every((one) => one === last || one.endedAt! < last.startedAt);
    return isCertain && isAlone ? [last] : [];
  });
}
