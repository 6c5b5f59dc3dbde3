import process from "node:process";
import { inject } from "vitest";
import { logTo } from "../functions/lib/log.ts";
import "./context.ts";

/** Functions read their settings from the environment, in tests as in a pod. */
Object.assign(process.env, inject("settings"));

/** The lines functions log while the tests run; the terminal belongs to the test report. */
export const logged: string[] = [];
logTo((line) => void logged.push(line));
