import { mayManage } from "./schema.ts";

/** The table of who may manage whom, as SQL parameters: two arrays, one pair per line of it. */
const managed = Object.entries(mayManage).flatMap(([actor, roles]) => roles.map((role) => ({ actor, role })));
export const managers = managed.map(({ actor }) => actor);
export const subjects = managed.map(({ role }) => role);
