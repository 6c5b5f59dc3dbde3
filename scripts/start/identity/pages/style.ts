/** The look of all our identity pages, light and dark, phone and desk: the web client's own palette and letters. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#f5f3ee, #131615);
  --card: light-dark(#fffdfa, #1c201e);
  --line: light-dark(#dedacf, #2e3431);
  --edge: light-dark(#8f958f, #6c756f);
  --ink: light-dark(#1c211f, #e8ebe8);
  --quiet: light-dark(#596260, #a2aca7);
  --pine: light-dark(#1f7a64, #62c7a9);
  --on-pine: light-dark(#ffffff, #06241b);
  --wrong: light-dark(#b0281a, #ff9c8f);
  --wrong-soft: light-dark(#fbe6e1, #3a1f1b);
  --sans: ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Open Sans", sans-serif;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, Charter, Georgia, ui-serif, serif;
}
* { box-sizing: border-box; margin: 0 }
[hidden] { display: none !important }
html { background: var(--paper) }
body {
  min-height: 100dvh; display: grid; place-items: center; padding: 2rem 1rem;
  font: 1rem/1.5 var(--sans); color: var(--ink); -webkit-text-size-adjust: 100%;
}
main {
  width: min(100%, 26rem); padding: 2.25rem 2rem; border-radius: 1.25rem; background: var(--card);
  border: 1px solid var(--line); box-shadow: 0 1px 2px rgb(0 0 0 / 6%), 0 12px 40px rgb(0 0 0 / 10%);
}
.brand {
  display: flex; align-items: center; gap: .6rem; margin-bottom: 1.75rem;
  font: 600 1.375rem/1.2 var(--serif);
}
.brand svg { width: 1.75rem; height: 1.75rem }
h1 { font: 600 1.75rem/1.2 var(--serif); margin-bottom: .35rem; text-wrap: balance }
.lead { color: var(--quiet); margin-bottom: 1.5rem }
form { display: grid; gap: 1.1rem }
label { display: flex; justify-content: space-between; align-items: baseline; font-weight: 600; margin-bottom: .35rem }
label small { font-weight: 400; font-size: .8125rem; color: var(--quiet) }
.box { position: relative }
input {
  width: 100%; padding: .7rem .85rem; font: inherit; color: inherit; background: var(--card);
  border: 1px solid var(--edge); border-radius: .75rem;
}
input:hover { border-color: var(--quiet) }
input[aria-invalid] { border-color: var(--wrong) }
.box:has(button) input { padding-right: 4.5rem }
.hint, .wrong { margin-top: .35rem; font-size: .875rem; color: var(--quiet) }
.wrong { color: var(--wrong); overflow-wrap: anywhere }
.alert { padding: .75rem .9rem; border-radius: .75rem; color: var(--wrong); background: var(--wrong-soft) }
button { font: inherit; font-weight: 600; cursor: pointer; border: 0 }
button[type=submit], .action {
  display: block; width: 100%; padding: .75rem 1rem; margin-top: .4rem; text-align: center; text-decoration: none;
  font-weight: 600; border-radius: 2rem; color: var(--on-pine); background: var(--pine);
}
button[type=submit]:hover, .action:hover { filter: brightness(1.08) }
button[type=submit]:disabled { opacity: .5; cursor: progress }
.reveal {
  position: absolute; inset: .2rem .2rem .2rem auto; padding: 0 .7rem; font-size: .875rem;
  color: var(--quiet); background: var(--card); border-radius: .55rem;
}
.reveal:hover { color: var(--ink) }
.other { margin-top: 1.5rem; text-align: center; color: var(--quiet) }
a { color: var(--pine); font-weight: 600; text-underline-offset: .2em }
:focus-visible { outline: 2px solid var(--pine); outline-offset: 2px }
input:focus-visible { outline-offset: -1px }
@media (pointer: coarse) { .other a { display: inline-block; padding: .5rem .25rem } }
@media (max-width: 28rem) {
  html { background: var(--card) }
  body { padding: 0; place-items: stretch }
  main { width: 100%; padding: 2rem 1.25rem; border: 0; box-shadow: none }
}
`;

/** Shows a password on demand, and sends a form only once. The pages work without it. */
export const script = `
for (const button of document.querySelectorAll(".reveal")) {
  const input = button.previousElementSibling;
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = input.type === "password";
    input.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
    button.textContent = shown ? "Hide" : "Show";
    input.focus();
  });
}
for (const form of document.forms) {
  const button = form.querySelector("[type=submit]");
  form.addEventListener("submit", () => { button.disabled = true; });
  addEventListener("pageshow", () => { button.disabled = false; });
}
`;
