# The one image of Parley: Deno, every function, the Redis gateway, the web server with its client, and the migrations.
# What each container of it runs, with which permissions, says entryArgs() in knative/image/entry.ts. Any builder will do:
#   docker buildx build --output type=image,rewrite-timestamp=true,name=REGISTRY/parley:TAG .
#   buildah build --timestamp 0 -t REGISTRY/parley:TAG .
# The same commit gives the same layers: packages are pinned by package-lock.json (Deno too), the build's output by its
# sources, and SOURCE_DATE_EPOCH (or buildah's --timestamp) sets the files' times.

# The two bases, by digest. They were taken from what public Dockerfiles pin in 2026 and not pulled where this was
# written: look before you trust, and replace both when you do (`docker buildx imagetools inspect NAME:TAG`).
# Build: any image with Node >= 20.19 and glibc. Run: glibc, libgcc and CA certificates, no shell; user 65532.
ARG NODE=node:22-bookworm-slim@sha256:43ac6c60b8f89723f746e8a92ce91abd5017e627ce1ddfe4238355d3a30b772c
ARG BASE=gcr.io/distroless/cc-debian12:nonroot@sha256:9dac0a79194e45a7da0158a9c6da57b217585af0786db3845d1f0ec1a0dd182f

FROM ${NODE} AS build
ARG SOURCE_DATE_EPOCH=0
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund
COPY . .
# In /app, where it will be run: V8's compiled code is kept by path. Deno is the one that package-lock.json pins.
RUN npm run build -- /app \
 && mkdir /image && mv /app /image/app && mkdir /image/bin && cp -L node_modules/deno/deno /image/bin/deno \
 && chmod -R a=rX,u+w /image && chmod a+x /image/bin/deno \
 && find /image -exec touch -h -d "@${SOURCE_DATE_EPOCH}" {} +

FROM ${BASE}
COPY --from=build --chown=0:0 /image/bin/deno /bin/deno
COPY --from=build --chown=0:0 /image/app /app
# Deno's cache is read only: its place, and nothing it would want to write, ask or colour.
ENV DENO_DIR=/app/.deno DENO_NO_UPDATE_CHECK=1 NO_COLOR=1 WEB_ROOT=/app/web/client
WORKDIR /app
USER 65532:65532
EXPOSE 8080
ENTRYPOINT ["/bin/deno"]
