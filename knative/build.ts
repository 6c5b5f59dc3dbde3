import { build, dist } from "./image/build.ts";
import { entryNames } from "./image/entry.ts";

/** Write everything that the image holds beside Deno to `dist/`: `npm run build`. */
await build();
console.log(`built ${entryNames.length} entries and the web client in ${dist}`);
