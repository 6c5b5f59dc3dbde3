/** The look of all our identity pages, light and dark, phone and desk. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#f5f5fa, #0d0e15);
  --card: light-dark(#ffffff, #161823);
  --ink: light-dark(#161824, #eceef7);
  --quiet: light-dark(#5a5f76, #9ba1b8);
  --line: light-dark(#d6d9e6, #30344a);
  --accent: light-dark(#4a41d8, #948eff);
  --on-accent: light-dark(#ffffff, #11121b);
  --wrong: light-dark(#b3203b, #ff8c9e);
  --wrong-paper: light-dark(#fdeef0, #33161d);
}
* { box-sizing: border-box; margin: 0 }
[hidden] { display: none !important }
body {
  min-height: 100dvh; display: grid; place-items: center; padding: 1.5rem 1rem;
  font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
  background-image: radial-gradient(60rem 40rem at 85% -10%, light-dark(#dfdcff, #26224f), transparent 70%),
    radial-gradient(50rem 36rem at 0% 110%, light-dark(#d8f1f0, #10312f), transparent 70%);
}
main {
  width: min(100%, 26rem); padding: 2.25rem 2rem; border-radius: 1.25rem; background: var(--card);
  border: 1px solid light-dark(#e8e9f2, #232637); box-shadow: 0 1.5rem 4rem light-dark(#1c1d4014, #00000066);
}
.brand { display: flex; align-items: center; gap: .6rem; margin-bottom: 1.75rem; font-weight: 650; letter-spacing: -.01em }
.brand svg { width: 2rem; height: 2rem }
.brand svg path:first-child { fill: var(--accent) }
.brand svg path:last-child { stroke: var(--on-accent) }
h1 { font-size: 1.6rem; line-height: 1.2; letter-spacing: -.02em; margin-bottom: .4rem }
.lead { color: var(--quiet); margin-bottom: 1.5rem }
form { display: grid; gap: 1.1rem }
label { display: flex; justify-content: space-between; font-weight: 550; margin-bottom: .35rem }
label small { font-weight: 400; color: var(--quiet) }
.box { position: relative }
input {
  width: 100%; padding: .7rem .85rem; font: inherit; color: inherit; background: var(--card);
  border: 1px solid var(--line); border-radius: .7rem; transition: border-color .15s;
}
input:hover { border-color: var(--quiet) }
input[aria-invalid] { border-color: var(--wrong) }
.box:has(button) input { padding-right: 4.5rem }
.hint, .wrong { margin-top: .35rem; font-size: .875rem; color: var(--quiet) }
.wrong { color: var(--wrong) }
.alert { padding: .75rem .9rem; border-radius: .7rem; color: var(--wrong); background: var(--wrong-paper) }
button { font: inherit; font-weight: 600; cursor: pointer; border: 0; border-radius: .7rem }
button[type=submit], .action {
  display: block; width: 100%; padding: .8rem; margin-top: .4rem; text-align: center; text-decoration: none;
  font-weight: 600; border-radius: .7rem; color: var(--on-accent); background: var(--accent);
}
button[type=submit]:hover, .action:hover { filter: brightness(1.08) }
button[type=submit]:disabled { opacity: .6; cursor: progress }
.reveal {
  position: absolute; inset: .3rem .3rem .3rem auto; padding: 0 .7rem; font-size: .875rem;
  color: var(--quiet); background: var(--card);
}
.reveal:hover { color: var(--ink) }
.other { margin-top: 1.5rem; text-align: center; color: var(--quiet) }
a { color: var(--accent); font-weight: 550; text-underline-offset: .2em }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
input:focus-visible { outline-offset: -1px; outline-width: 2px }
@media (max-width: 28rem) {
  body { padding: 0; place-items: stretch; background: var(--card) }
  main { width: 100%; padding: 2rem 1.25rem; border: 0; border-radius: 0; box-shadow: none; background: none }
}
@media (prefers-reduced-motion: reduce) { * { transition: none !important } }
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
