/** `text` as a pattern that `like` takes literally, and what contains it or begins with it. */
const literally = (text: string) => text.replace(/[\\%_]/g, "\\$&");
export const containing = (text: string): string => `%${literally(text)}%`;
export const beginningWith = (text: string): string => `${literally(text)}%`;
