import process from "node:process";

/** A setting of this process, read when it is first needed and never at import. Throws when it is missing. */
export function setting(name: string): string {
  const value = optionalSetting(name);
  if (!value) throw new Error(`Cannot run: the setting ${name} is missing`);
  return value;
}

/** A setting that may be absent because its absence means something. */
export const optionalSetting = (name: string): string | undefined => process.env[name];
