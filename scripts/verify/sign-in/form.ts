const entities: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  "#39": "'",
  "#x27": "'",
  "#x2F": "/",
};
const decode = (text: string) => text.replace(/&(\w+|#\w+);/g, (whole, name) => entities[name] ?? whole);

/** An attribute of a tag; undefined when it has none. */
function attribute(tag: string, name: string): string | undefined {
  const [, double, single, bare] =
    new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, "i").exec(tag) ??
      [];
  const value = double ?? single ?? bare;
  return value === undefined ? undefined : decode(value);
}

/** A form of a page, with what is filled in already. */
export interface Form {
  action: URL;
  values: Map<string, string>;
  /** The name of the field for the password, and of the one before it that a person types into. */
  password: string | undefined;
  login: string | undefined;
}

/** The form of a page that takes a password: an identity provider's, ours or Keycloak's. */
export function passwordForm(html: string, page: URL): Form | undefined {
  for (const [, tag = "", content = ""] of html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gis)) {
    const form: Form = {
      action: new URL(attribute(` ${tag}`, "action") ?? page.href, page),
      values: new Map(),
      password: undefined,
      login: undefined,
    };
    for (const [input] of content.matchAll(/<input\b[^>]*>/gis)) {
      const name = attribute(input, "name"), type = (attribute(input, "type") ?? "text").toLowerCase();
      if (!name || type === "checkbox" || type === "submit") continue;
      form.values.set(name, attribute(input, "value") ?? "");
      if (type === "password") form.password ??= name;
      if (type === "text" || type === "email") form.login ??= name;
    }
    if (form.password) return form;
  }
  return undefined;
}

/** What a page says went wrong, in the words of our provider's page or of Keycloak's. */
export function complaint(html: string): string | undefined {
  const [, text] =
    /<(?:p|span|div)\b[^>]*(?:role="alert"|class="[^"]*(?:wrong|kc-feedback-text|error)[^"]*")[^>]*>(.*?)<\//is
      .exec(html) ?? [];
  return text && decode(text.replaceAll(/<[^>]+>/g, " ")).replaceAll(/\s+/g, " ").trim();
}
