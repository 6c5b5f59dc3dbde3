import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import solid from "vite-plugin-solid";

const server = "http://localhost:8080";

/** The web client: built into web/dist, which functions/web/serve.ts serves under a CSP of `default-src 'self'`. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  plugins: [solid()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2023",
    cssTarget: ["chrome123", "firefox120", "safari17.5"], // the first with light-dark()
    assetsInlineLimit: 0, // a data: URL is not 'self'
    modulePreload: { polyfill: false },
  },
  server: { proxy: { "/api": server, "/auth": server, "/realms": server } },
});
