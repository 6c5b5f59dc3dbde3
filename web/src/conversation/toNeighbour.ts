/** Arrow up and down among the buttons of messages: the same button of the message before or after. */
export function toNeighbour(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const button = (event.target as Element).closest(".message-actions > button");
  if (!step || !button) return;
  const name = button.getAttribute("aria-label");
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>(`.message-actions > [aria-label="${name}"]`)];
  const next = all[all.indexOf(button as HTMLElement) + step];
  event.preventDefault();
  next?.focus();
}
