/** Paths under `/api` that are files of the web client's build, not functions: each with the file it is. */
export const documents: Readonly<Record<string, string>> = {
  "/api/openapi.json": "/api/openapi.json",
  "/api/docs": "/api/docs.html",
};
