import { createEffect, createSignal } from "solid-js";

/** The order in which the toggle goes round. */
const themes = ["auto", "light", "dark"] as const;
type Theme = (typeof themes)[number];

const key = "parley:theme"; // public/theme.js reads it before the first paint
const stored = (): Theme => themes.find((theme) => theme === localStorage.getItem(key)) ?? "auto";

/** Light, dark, or as the system has it; kept for the next visit. */
export function createTheme() {
  const [theme, setTheme] = createSignal(stored());
  createEffect(() => {
    document.documentElement.dataset.theme = theme();
    localStorage.setItem(key, theme());
  });
  const next = () => themes[(themes.indexOf(theme()) + 1) % themes.length]!;
  return { theme, next, advance: () => setTheme(next()) };
}
