import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { stringify } from "yaml";
import * as authModel from "../functions/auth/model.ts";
import * as chatModel from "../functions/chat/model.ts";
import * as chatSchema from "../functions/chat/schema.ts";
import * as libSchema from "../functions/lib/schema.ts";
import { functions } from "../functions/registry.ts";
import * as userModel from "../functions/user/model.ts";
import * as userSchema from "../functions/user/schema.ts";
import type { Digests } from "./manifests/container.ts";
import { manifests } from "./manifests/manifests.ts";
import { type Document, openapi } from "./openapi/document.ts";
import { page } from "./openapi/page/page.ts";
import type { Release } from "./release/moved.ts";
import { wokenModule } from "./waking.ts";

const read = (name: string) =>
  readFileSync(fileURLToPath(new URL(path.posix.join("..", name), import.meta.url)), "utf8");

const schemaFiles = {
  "lib/schema": libSchema,
  "auth/model": authModel,
  "chat/schema": chatSchema,
  "chat/model": chatModel,
  "user/schema": userSchema,
  "user/model": userModel,
};

/** OpenAPI 3.1 of all functions, as they are. */
export function document(): Document {
  const sources = Object.entries(functions).map(([file, app]) => ({ file, app, source: read(`functions/${file}.ts`) }));
  const files = Object.entries(schemaFiles).map(([file, exports]) => ({
    exports,
    source: read(`functions/${file}.ts`),
    answers: file.endsWith("/model"),
  }));
  const { version } = JSON.parse(read("package.json")) as { version: string };
  return openapi(sources, files, version);
}

/** The folder in which nothing stands but what is generated: what is no longer made is removed from it. */
export const generatedFolder = "knative/generated";

const yaml = (objects: object[]) =>
  "# Written by `npm run generate`: edit what it derives from (knative/README.md).\n" +
  objects.map((object) => stringify(object, { lineWidth: 0, aliasDuplicateObjects: false })).join("---\n");

/** The manifests of everything, each Service with the image that was released for it. */
function manifestFiles(): Record<string, string> {
  const release = JSON.parse(read("knative/release.json")) as Release;
  const digests: Digests = Object.fromEntries(Object.entries(release).map(([entry, { image }]) => [entry, image]));
  return Object.fromEntries(
    Object.entries(manifests(digests)).map(([name, objects]) => [`${generatedFolder}/${name}`, yaml(objects)]),
  );
}

/** Every file that derives from the functions, by its path in the house. Pure: same functions in, same texts out. */
export function generated(): Record<string, string> {
  const api = document();
  return {
    "web/src/waking/woken.ts": wokenModule(),
    "web/public/api/openapi.json": JSON.stringify(api, null, 2) + "\n",
    "web/public/api/docs.html": page(api),
    "web/public/api-docs.css": read("web/src/style/tokens.css") + "\n" + read("knative/openapi/page/page.css"),
    ...manifestFiles(),
  };
}
