import type { Evidence } from "./evidence.ts";
import { lost } from "./lost.ts";
import { membership } from "./membership.ts";
import { order } from "./order.ts";
import { reactions } from "./reactions.ts";
import type { Violation } from "./record.ts";
import { stale } from "./stale.ts";
import { unread } from "./unread.ts";

const rules = [lost, order, stale, unread, reactions, membership];

/**
 * Compare what was acknowledged, what the database holds and what every client shows, when nothing moves any more.
 * Pure; an empty list means that the promise was kept.
 */
export const check = (evidence: Evidence): Violation[] => rules.flatMap((rule) => rule(evidence));
