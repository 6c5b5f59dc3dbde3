import process from "node:process";
import path from "node:path";
import { build, dist } from "./image/build.ts";
import { bake } from "./image/cache.ts";

/**
 * Write everything that the image holds beside Deno: `npm run build`, to `dist/` or where its argument says. It must be
 * run where it lies, or V8's compiled code is of no use: the Dockerfile builds in `/app`.
 */
const into = path.resolve(process.argv[2] ?? dist);
await build(into);
await bake(into);
console.log(`built ${into}`);
