import type { Role } from "./schema.ts";

/**
 * Who may name and remove whom: for each role, the roles that its bearer may give, change and take away. Everyone may
 * leave (their own row), and anyone may join a public room as a member; a room always keeps an owner.
 */
export const mayManage: Record<Role, readonly Role[]> = {
  owner: ["owner", "admin", "member"],
  admin: ["member"],
  member: [],
};

/** The same table as SQL parameters: two arrays, one pair per line of the table. */
export const managed = Object.entries(mayManage).flatMap(([actor, roles]) => roles.map((role) => ({ actor, role })));
export const managers = managed.map(({ actor }) => actor);
export const subjects = managed.map(({ role }) => role);
