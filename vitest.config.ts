import solid from "vite-plugin-solid";
import { defineConfig } from "vitest/config";

/** Four kinds of tests; Postgres, the identity provider's keys and the Redis gateway are started once for all of them. */
export default defineConfig({
  test: {
    globalSetup: ["test/global-setup.ts"],
    projects: [
      {
        test: {
          name: "functions",
          include: ["functions/**/*.test.ts"],
          setupFiles: ["test/settings.ts"],
        },
      },
      {
        test: {
          name: "scripts",
          include: ["{scripts,knative}/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        plugins: [solid()],
        test: {
          name: "web",
          include: ["web/**/*.test.{ts,tsx}"],
          environment: "jsdom",
          setupFiles: ["web/test-setup.ts"],
        },
      },
      {
        test: {
          name: "whole",
          include: ["test/**/*.test.ts"],
          setupFiles: ["test/settings.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
