/** HTML that is safe to put into other HTML. */
export interface Html {
  html: string;
}

type Value = Html | string | number | false | null | undefined | readonly Value[];

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => entities[character]!);

function written(value: Value): string {
  if (value === false || value === null || value === undefined) return "";
  if (typeof value === "string" || typeof value === "number") return escaped(String(value));
  return "html" in value ? value.html : value.map(written).join("");
}

/** HTML as a template: texts are escaped, lists are joined, what is not there is nothing, and so is indentation. */
export const html = (parts: TemplateStringsArray, ...values: Value[]): Html => ({
  html: parts.map((part, i) => part.replace(/\n\s*/g, "\n") + written(values[i])).join(""),
});

/** These with something between them. */
export const joined = (values: readonly Html[], between: Html | string): Html =>
  html`${values.map((value, i) => i === 0 ? value : html`${between}${value}`)}`;

/** A line of our docstrings: `code` and **strong**. */
export function line(text: string): Html {
  const parts = text.split(/(`[^`]+`|\*\*[^*]+\*\*)/);
  return html`${
    parts.map((part) => {
      if (part.startsWith("`")) return html`<code>${part.slice(1, -1)}</code>`;
      return part.startsWith("**") ? html`<strong>${part.slice(2, -2)}</strong>` : part;
    })
  }`;
}

/** Paragraphs of them. */
export const prose = (text = ""): Html =>
  html`${text.split("\n\n").filter(Boolean).map((paragraph) => html`<p>${line(paragraph)}</p>`)}`;
