const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: "short" });
const date = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const longDate = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const fullDate = new Intl.DateTimeFormat(undefined, { dateStyle: "long" });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "short" });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });

const dayMs = 86_400_000;

/** The first millisecond of a moment's day, where this browser is. */
export const startOfDay = (at: number | string): number => new Date(at).setHours(0, 0, 0, 0);

/** Whole days from a moment's day to the day that begins at `today`; rounded, because a day may have 23 or 25 hours. */
const daysAgo = (at: string, today: number) => Math.round((today - startOfDay(at)) / dayMs);

/** 14:32 */
export const clockTime = (at: string): string => clock.format(new Date(at));

/** The whole truth, for whoever points at a time. */
export const exactTime = (at: string): string => exact.format(new Date(at));

/** Today, Yesterday, Monday 2 November, 2 November 2024. */
export function dayName(at: string, today: number): string {
  const days = daysAgo(at, today);
  if (days === 0 || days === 1) {
    const name = relative.format(-days, "day");
    return name.charAt(0).toLocaleUpperCase() + name.slice(1);
  }
  return (days < 300 ? longDate : fullDate).format(new Date(at));
}

/** When, in the width of a list: 14:32, Mon, 2 Nov. */
export function shortTime(at: string, today: number): string {
  const days = daysAgo(at, today);
  return (days <= 0 ? clock : days < 7 ? weekday : date).format(new Date(at));
}
