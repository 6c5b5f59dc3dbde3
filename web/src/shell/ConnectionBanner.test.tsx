import { screen } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { RequestFailed } from "../api/RequestFailed.ts";
import { renderParley } from "../testing/renderParley.tsx";

test("two seconds without a stream are worth a word, less is not", async () => {
  const { clock } = await renderParley({ api: { events: () => Promise.reject(new RequestFailed(503)) } });

  await clock.advance(1_500);
  const early = screen.queryByText("Reconnecting…");
  await clock.advance(1_000);

  expect(early).not.toBeInTheDocument();
  expect(screen.getByText("Reconnecting…")).toBeInTheDocument();
});

test("a stream that flows needs no word", async () => {
  const { clock } = await renderParley();

  await clock.advance(10_000);

  expect(screen.getByRole("status", { name: "Connection" })).toBeEmptyDOMElement();
});
