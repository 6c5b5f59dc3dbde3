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

[doc("Parley in a cluster on this machine, from this folder alone, by Docker and kind (--dry-run prints all)")]
kind-up *options:
    npm run kind-up -- {{ options }}

[doc("Remove that cluster, with everything that was said in it")]
kind-down:
    npm run kind-down

[doc("Talk at a deployed Parley and check what it promises (--user name:password twice, --idle-minutes, --json)")]
verify url *options:
    npm run verify -- --url {{ url }} {{ options }}

[doc("Measure the cold start of every function of dist/ (--runs, --only)")]
bench-cold *options:
    npm run bench:cold -- {{ options }}

[doc("Write everything that the image holds to dist/")]
build:
    npm run build

[doc("Types, lint and format: passing here means passing in CI")]
check:
    npm run check

[doc("Write every file that derives from the functions: OpenAPI, manifests, routes, policies")]
generate:
    npm run generate

[doc("Give a new image to those Services whose code it changed (--image REGISTRY/parley@sha256:…, --dry-run)")]
release *options:
    npm run release -- {{ options }}
