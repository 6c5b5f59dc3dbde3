import type { OwnProfile, User } from "../../../functions/user/model.ts";

const person = (digit: number, username: string, displayName: string): User => ({
  id: `00000000-0000-7000-8000-00000000000${digit}`,
  username,
  displayName,
  bio: null,
  avatarUrl: null,
  status: null,
  lastSeen: null,
});

export const ada = person(1, "ada", "Ada Lovelace");
export const grace = person(2, "grace", "Grace Hopper");
export const alan = person(3, "alan", "Alan Turing");

/** Whose browser it is. */
export const me: OwnProfile = {
  ...person(9, "me", "Mary Somerville"),
  email: "mary@example.org",
  phoneNumber: null,
  isVerified: true,
  createdAt: "2026-11-01T09:00:00.000Z",
  updatedAt: "2026-11-01T09:00:00.000Z",
};
