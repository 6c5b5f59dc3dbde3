/** Stands for built-ins that the driver imports for what no function does: COPY, large objects, files, the user's name. */
function absent(): never {
  throw new Error("Cannot do this: it is not in the image");
}

export const { performance } = globalThis;
export default { readFile: absent, userInfo: absent, Writable: absent, Readable: absent, Duplex: absent };
