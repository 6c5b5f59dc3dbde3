import type { Sql } from "postgres";
import { chatDb, directory } from "../lib/database.ts";
import { fn } from "../lib/fn.ts";
import { limited } from "../lib/limited.ts";
import { track } from "../lib/lifecycle.ts";
import { errorFields, log } from "../lib/log.ts";
import { signedIn } from "../lib/session.ts";
import { exportOf } from "./export.ts";
import { ExportLine } from "./model.ts";

/**
 * Everything we hold on the caller: 200 with one JSON object per line, from profile to read receipts, and a last line
 * `end`; without it the export was cut off. Rows are read as they are sent, so it is no snapshot.
 */
export default fn({
  needs: [directory, chatDb],
  answers: { 200: { contentType: "application/x-ndjson", parts: ExportLine } },
  problems: ["account-deactivated"],
  timeoutSeconds: 600,
})
  .get("/api/me/export", signedIn, limited("export"), async (c) => {
    const { directory, sql, me } = c.var;
    await directory`select require_active(${me.id})`;
    return c.body(streamed(directory, sql, me.id, c.var.requestId), 200, {
      "content-type": "application/x-ndjson; charset=utf-8",
      "content-disposition": 'attachment; filename="parley-export.jsonl"',
    });
  });

/** The lines as they are asked for; the process lives until the last one is sent or the reader has left. */
function streamed(users: Sql, chat: Sql, userId: string, requestId: string): ReadableStream<Uint8Array> {
  const rows = exportOf(users, chat, userId);
  const encoder = new TextEncoder();
  let lines = 0;
  let finish = () => {};
  void track(new Promise<void>((done) => finish = done));

  return new ReadableStream({
    async pull(controller) {
      try {
        const { value, done } = await rows.next();
        const line: ExportLine = done ? { type: "end", lines } : value;
        lines++;
        controller.enqueue(encoder.encode(JSON.stringify(line) + "\n"));
        if (!done) return;
        controller.close();
      } catch (error) {
        log("error", "an export broke off", { requestId, ...errorFields(error) });
        controller.error(new Error("The export broke off"));
      }
      finish();
    },
    async cancel() {
      await rows.return(undefined);
      finish();
    },
  });
}
