import { Icon } from "../ui/Icon.tsx";
import { createTheme } from "./createTheme.ts";

const icons = { auto: "auto", light: "sun", dark: "moon" } as const;
const names = { auto: "as the system", light: "light", dark: "dark" };

/** One button that goes round: as the system has it, light, dark. */
export function ThemeToggle() {
  const { theme, next, advance } = createTheme();
  const label = () => `Colours: ${names[theme()]}. Switch to ${names[next()]}`;
  return (
    <button type="button" class="icon-button" aria-label={label()} title={label()} onClick={advance}>
      <Icon name={icons[theme()]} />
    </button>
  );
}
