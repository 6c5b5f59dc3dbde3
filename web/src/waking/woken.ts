/** Written by `npm run generate`: which functions the web client wakes, and when (`wokenAt` in their specs). */
export const woken = {
  visit: [
    "/healthz/refresh",
    "/healthz/get-room",
    "/healthz/list-messages",
    "/healthz/list-rooms",
    "/healthz/mark-read",
    "/healthz/stream-events",
    "/healthz/get-me",
    "/healthz/get-presence",
    "/healthz/list-contacts",
    "/healthz/search-users",
    "/healthz/set-presence",
  ],
  "sign-in": [
    "/healthz/callback",
    "/healthz/login",
  ],
} as const;
