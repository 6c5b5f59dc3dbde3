import { useNavigate } from "@solidjs/router";
import { useParley } from "../parley/ParleyContext.ts";

/** Go to the conversation with one person, which begins with that if there is none yet. */
export function createOpenDirect() {
  const { api, rooms, toasts } = useParley();
  const navigate = useNavigate();
  return (userId: string): Promise<boolean> =>
    toasts.attempt(async () => {
      const known = rooms.all().find(({ peerId }) => peerId === userId);
      const room = known ?? await api.createRoom({ roomType: "direct", participantIds: [userId] });
      if (!known) rooms.adopt(room as Awaited<ReturnType<typeof api.createRoom>>);
      navigate(`/rooms/${room.id}`);
    });
}
