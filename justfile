# Thin recipes over npm scripts, so that nobody needs just for the two commands of the README.

[private]
default:
    @just --list --unsorted

[doc("Run everything on this machine: http://localhost:8080 (--demo, --port, --data-dir, --help)")]
start *options:
    npm start -- {{ options }}

[doc("The same, building the web client again whenever it changes")]
dev *options:
    npm run dev -- {{ options }}

[doc("All tests, or those whose path has a part of what is given")]
test *filters:
    npm test -- {{ filters }}

[doc("Kill, pause and cut off every part while clients talk, then count what was lost (--seconds, --clients, --seed)")]
chaos *options:
    npm run chaos -- {{ options }}

[doc("Talk at a deployed Parley and check what it promises (--user name:password twice, --idle-minutes, --json)")]
verify url *options:
    npm run verify -- --url {{ url }} {{ options }}

[doc("Types, lint and format: passing here means passing in CI")]
check:
    npm run check

[doc("Write every file that derives from the functions: OpenAPI and its page")]
generate:
    npm run generate
