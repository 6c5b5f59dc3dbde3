import { expect, test } from "vitest";
import { keepsContract, keepsPart } from "./contract.ts";

const id = crypto.randomUUID();
const presence = { userId: id, status: "away", lastSeen: null };
const headers = { "content-type": "application/json" };
const problem = { type: "/problems/not-signed-in", title: "You are not signed in", status: 401 };
const asProblem = { "content-type": "application/problem+json" };

const answer = (status: number, body: unknown, headers: Record<string, string>) =>
  new Response(body === null ? null : JSON.stringify(body), { status, headers });

test.each([
  ["a good answer", answer(200, presence, headers)],
  ["a declared problem", answer(401, problem, asProblem)],
])("%s keeps the contract", async (_, res) => {
  await keepsContract("PUT", "/api/presence", res);
});

test.each([
  ["a status that is not declared", answer(418, presence, headers), /undeclared status/],
  ["a property that is not declared", answer(200, { ...presence, email: "a@b.c" }, headers), /additional properties/],
  ["a property that is missing", answer(200, { userId: id, status: "away" }, headers), /lastSeen/],
  ["a value of another kind", answer(200, { ...presence, userId: "ada" }, headers), /userId must match format "uuid"/],
  ["another media type", answer(200, presence, { "content-type": "text/plain" }), /undeclared type: text\/plain/],
  ["a problem of another operation", answer(401, { ...problem, type: "/problems/last-owner" }, asProblem), /type/],
  ["a cookie nobody was told of", answer(200, presence, { ...headers, "set-cookie": "a=b" }), /header: set-cookie/],
])("%s breaks the contract", async (_, res, fault) => {
  await expect(keepsContract("PUT", "/api/presence", res)).rejects.toThrow(fault);
});

test("a body where none is declared breaks the contract", async () => {
  await expect(keepsContract("POST", `/api/rooms/${id}/typing`, answer(200, {}, headers))).rejects.toThrow(
    "undeclared",
  );
});

test("the parts of a stream are held to what is declared, too", () => {
  keepsPart("stream-events", { type: "typing", roomId: id, userId: id });

  expect(() => keepsPart("stream-events", { type: "typing", roomId: id, userId: id, by: "ada" })).toThrow("typing");
});

test("what is no operation may answer as it likes", async () => {
  await keepsContract("GET", "/limited", answer(418, {}, headers));
});
