import { must, type Try } from "../checks.ts";
import { eventMs, type Scene } from "./scene.ts";

/** Who people are to each other: presence, profiles, search; and that strangers get nothing. */
export async function people(check: Try, { ada, grace, rooms, stream }: Scene): Promise<void> {
  const roomId = () => rooms[0] ?? "";

  await check("who is there is seen to be there", async () => {
    await ada.call("user/set-presence", { json: { status: "busy" } }, 200);
    await stream().until("presence.changed", ({ userId }) => userId === ada.id, eventMs);
    const { body } = await grace.call("user/get-presence", { query: { ids: ada.id } }, 200);
    must(body.presence[0]?.status === "busy", `they are ${body.presence[0]?.status}`);
  });

  await check("people are found by their name", async () => {
    const { body } = await ada.call("user/search-users", { query: { q: grace.displayName } }, 200);
    must(
      body.users.some(({ id }: { id: string }) => id === grace.id),
      `not among ${body.users.length} that were found`,
    );
    const { body: profile } = await ada.call("user/get-user", { param: { userId: grace.id } }, 200);
    must(profile.displayName === grace.displayName && !("email" in profile), "the profile is not the public one");
  });

  await check("everything that is held on somebody is theirs to have", async () => {
    const { body } = await ada.call("user/export-me", {}, 200);
    must(/\{"type":"end".*\}\n$/.test(body), "the export is not whole");
  });

  await check("who has left a room gets nothing of it", async () => {
    const param = { roomId: roomId(), userId: grace.id };
    await ada.call("chat/remove-participant", { param });
    await grace.call("chat/list-messages", { param }, 404);
    await grace.call("chat/get-changes", { param, query: { since: "0" } }, 404);
    await ada.call("chat/save-participant", { param, json: {} });
  });

  await check("a change that another site may have sent is refused", async () => {
    const wish = { param: { roomId: roomId() }, json: { name: "Mine" } };
    await ada.call("chat/update-room", { ...wish, headers: { origin: "https://elsewhere.example" } }, 403);
    await ada.call("chat/update-room", { ...wish, headers: { "x-parley": "" } }, 403);
  });
}
