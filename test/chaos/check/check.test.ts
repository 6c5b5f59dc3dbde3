import { describe, expect, test } from "vitest";
import type { Operation } from "../history.ts";
import { check } from "./check.ts";
import type { Evidence } from "./evidence.ts";
import { aRun, mend, mendMessage } from "./sample.ts";

/** A run that kept every promise, with one thing made wrong. */
const found = (spoil: (run: Evidence) => Evidence) =>
  check(spoil(aRun())).map(({ kind, client }) => ({ kind, client }));

const said = (run: Evidence, change: (operation: Operation) => Partial<Operation>): Evidence => ({
  ...run,
  history: run.history.map((operation) => ({ ...operation, ...change(operation) }) as Operation),
});

test("a run that kept every promise has no violations", () => {
  expect(check(aRun())).toEqual([]);
});

describe("lost and invented", () => {
  test("an acknowledged send that is not in the database is lost", () => {
    const violations = found((run) => mend(run, "everywhere", (room) => ({ messages: room.messages.slice(0, -1) })));

    expect(violations).toContainEqual({ kind: "lost", client: null });
  });

  test("a message that one client does not show is lost there", () => {
    const violations = found((run) => mend(run, "bob", (room) => ({ messages: room.messages.slice(1) })));

    expect(violations).toEqual([{ kind: "lost", client: "bob" }]);
  });

  test("a refused send that is in the database is invented", () => {
    const violations = found((run) => said(run, ({ kind }) => kind === "send" ? { outcome: "refused" } : {}));

    expect(violations).toContainEqual({ kind: "invented", client: null });
  });

  test("an unanswered send may be there or not", () => {
    const unheard = (run: Evidence) =>
      said(run, (one) => one.kind === "send" ? { outcome: "unknown", unanswered: 1, place: null } : {});

    expect(found(unheard)).toEqual([]);
  });
});

describe("duplicated and reordered", () => {
  test("a message that is shown twice is a duplicate", () => {
    const violations = found((run) =>
      mend(run, "ada", ({ messages }) => ({ messages: [...messages, messages.at(-1)!] }))
    );

    expect(violations).toEqual([{ kind: "duplicated", client: "ada" }]);
  });

  test("a place that is taken twice is a duplicate, and leaves a hole", () => {
    const violations = found((run) => mendMessage(run, "everywhere", 3, { seq: 2 }));

    expect(violations).toContainEqual({ kind: "duplicated", client: null });
    expect(violations).toContainEqual({ kind: "reordered", client: null });
  });

  test("two messages that one client shows in the other order are out of order", () => {
    const violations = found((run) =>
      mend(run, "bob", ({ messages: [one, two, ...rest] }) => ({ messages: [two!, one!, ...rest] }))
    );

    expect(violations).toEqual([{ kind: "reordered", client: "bob" }]);
  });

  test("a message that stands before one acknowledged before it was sent is out of order", () => {
    const swapped = (run: Evidence) =>
      said(run, (one) => one.kind === "send" && one.place ? { place: { ...one.place, seq: 5 - one.place.seq } } : {});

    const violations = check(swapped(aRun())).filter(({ what }) => what.includes("had been acknowledged"));

    expect(violations.map(({ kind }) => kind)).toEqual(["reordered", "reordered", "reordered"]);
  });
});

describe("stale", () => {
  test("an acknowledged edit that is not in the database is stale", () => {
    const violations = found((run) => mendMessage(run, "everywhere", 1, { content: "first", rev: 2 }));

    expect(violations).toEqual([{ kind: "stale", client: null }]);
  });

  test("an edit that one client does not show is stale there", () => {
    const violations = found((run) => mendMessage(run, "bob", 1, { content: "first", rev: 2 }));

    expect(violations).toEqual([{ kind: "stale", client: "bob" }]);
  });

  test("an older edit may stand at a later rev when one of its tries was never answered", () => {
    const late = (run: Evidence) => {
      const superseded = run.history.map((one) =>
        one.kind === "edit" ? { ...one, content: "late", unanswered: 1, place: { seq: 1, rev: 6 } } : one
      );
      const edit = run.history.find(({ kind }) => kind === "edit")!;
      const history = [...superseded, { ...edit, place: { seq: 1, rev: 7 } }];
      return mendMessage({ ...run, history }, "everywhere", 1, { content: "late", rev: 8 });
    };

    expect(found(late)).toEqual([]);
  });

  test("a deletion that was acknowledged and undone is stale", () => {
    const violations = found((run) => mendMessage(run, "everywhere", 2, { content: "second", deletedAt: null }));

    expect(violations).toContainEqual({ kind: "stale", client: null });
  });

  test("a deleted message that one client still shows is stale there", () => {
    const violations = found((run) => mendMessage(run, "ada", 2, { content: "second", deletedAt: null, rev: 3 }));

    expect(violations).toEqual([{ kind: "stale", client: "ada" }]);
  });

  test("a room that one client shows at an old rev is stale there", () => {
    expect(found((run) => mend(run, "bob", () => ({ rev: 9 })))).toEqual([{ kind: "stale", client: "bob" }]);
  });
});

describe("unread, reactions and membership", () => {
  test("an unread count that one client shows wrong is found", () => {
    expect(found((run) => mend(run, "bob", () => ({ unread: 3 })))).toEqual([{ kind: "unread", client: "bob" }]);
  });

  test("an acknowledged marker that went back is found", () => {
    const violations = found((run) => said(run, (one) => one.kind === "read" ? { seq: 4 } : {}));

    expect(violations).toEqual([{ kind: "unread", client: null }]);
  });

  test("a reaction that one client does not show is found", () => {
    const violations = found((run) => mendMessage(run, "ada", 1, { reactions: [] }));

    expect(violations).toEqual([{ kind: "reactions", client: "ada" }]);
  });

  test("an acknowledged reaction that is not stored is found", () => {
    const violations = found((run) => mendMessage(run, "everywhere", 1, { reactions: [] }));

    expect(violations).toEqual([{ kind: "reactions", client: null }]);
  });

  test("a person whom one client does not show in the room is found", () => {
    const violations = found((run) => mend(run, "bob", () => ({ participants: [{ userId: "bob", role: "member" }] })));

    expect(violations).toEqual([{ kind: "membership", client: "bob" }]);
  });

  test("a room that a client does not show is found", () => {
    const violations = found((run) => ({ ...run, views: run.views.map((view) => ({ ...view, rooms: [] })) }));

    expect(violations).toEqual([{ kind: "membership", client: "ada" }, { kind: "membership", client: "bob" }]);
  });

  test("a removal that was acknowledged and undone is found", () => {
    const violations = found((run) => said(run, (one) => one.kind === "membership" ? { isIn: false } : {}));

    expect(violations).toEqual([{ kind: "membership", client: null }]);
  });
});
