import { ask } from "../world.ts";
import { askedIn, inWords, type Operation, operations, urlOf } from "./asking.ts";
import { fieldsOf } from "./hostile.ts";
import type { Scene } from "./scene.ts";
import { table } from "./table.ts";

/** The operations that take this part of a query, each after its name. */
export const having = (field: string) =>
  operations.filter(({ query }) => fieldsOf(query).includes(field))
    .map((operation) => [operation.name, operation] as const);

/** Ask as the owner with one more part in the query; `without` leaves another one out. The answer in words. */
export async function askWith(
  operation: Operation,
  scene: Scene,
  field: string,
  value: string,
  without?: string,
): Promise<string> {
  const { owner } = scene.people;
  const { query, ...path } = askedIn(table[operation.name][0], scene, owner);
  const { [without ?? ""]: _, ...others } = query ?? {};
  const url = urlOf(operation, { ...path, query: { ...others, [field]: value } });
  return await inWords(await ask(operation.app, operation.method, url, { as: owner }), operation);
}
