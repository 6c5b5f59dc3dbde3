import "./style/tokens.css";
import "./style/base.css";
import { render } from "solid-js/web";
import { App } from "./App.tsx";
import { makeBrowserLock } from "./session/Lock.ts";
import { systemClock } from "./time/Clock.ts";

const platform = { fetch: fetch.bind(globalThis), lock: makeBrowserLock(), clock: systemClock };
render(() => <App platform={platform} />, document.getElementById("parley")!);
