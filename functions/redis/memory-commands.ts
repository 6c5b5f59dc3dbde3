import { CommandError } from "./contract.ts";

type Call = (name: string, ...args: string[]) => Promise<unknown>;

/**
 * What the Redis in memory can do, by the type of the first key, each as `NAME/least number of arguments`. The mock
 * behind it checks neither, and its other methods must not be reached by name.
 */
const families = {
  string: `GET/1 GETDEL/1 GETEX/1 GETRANGE/3 GETSET/2 STRLEN/1 APPEND/2 SETRANGE/3 INCR/1 INCRBY/2 INCRBYFLOAT/2 DECR/1
    DECRBY/2`,
  hash: `HGET/2 HSET/3 HSETNX/3 HMSET/3 HMGET/2 HGETALL/1 HDEL/2 HEXISTS/2 HINCRBY/3 HINCRBYFLOAT/3 HKEYS/1 HLEN/1
    HVALS/1 HSTRLEN/2 HSCAN/2`,
  list: `LPUSH/2 LPUSHX/2 RPUSH/2 RPUSHX/2 LPOP/1 RPOP/1 LLEN/1 LRANGE/3 LINDEX/2 LSET/3 LREM/3 LTRIM/3`,
  set: `SADD/2 SREM/2 SCARD/1 SISMEMBER/2 SMISMEMBER/2 SMEMBERS/1 SPOP/1 SRANDMEMBER/1 SSCAN/2`,
  zset: `ZADD/3 ZREM/2 ZCARD/1 ZCOUNT/3 ZINCRBY/3 ZRANGE/3 ZRANGEBYSCORE/3 ZREVRANGE/3 ZREVRANGEBYSCORE/3 ZRANK/2
    ZREVRANK/2 ZSCORE/2 ZMSCORE/2 ZREMRANGEBYRANK/3 ZREMRANGEBYSCORE/3 ZPOPMIN/1 ZPOPMAX/1 ZSCAN/2`,
  any: `SET/2 SETNX/2 SETEX/3 PSETEX/3 MGET/1 MSET/2 MSETNX/2 DEL/1 UNLINK/1 EXISTS/1 EXPIRE/2 PEXPIRE/2 EXPIREAT/2
    PEXPIREAT/2 EXPIRETIME/1 PEXPIRETIME/1 PERSIST/1 TTL/1 PTTL/1 TYPE/1 RENAME/2 RENAMENX/2 KEYS/1 SCAN/1 RANDOMKEY/0
    DBSIZE/0 FLUSHALL/0 FLUSHDB/0 PING/0 ECHO/1 TIME/0 PUBLISH/2 PUBSUB/1 SINTER/1 SUNION/1 SDIFF/1`,
};

const known = new Map(
  Object.entries(families).flatMap(([family, names]) =>
    names.split(/\s+/).map((entry) => {
      const [name = "", least] = entry.split("/");
      return [name, { family, least: Number(least) }] as const;
    })
  ),
);

/** Whether the Redis in memory has this command at all. */
export const isKnown = (name: string): boolean => known.has(name.toUpperCase()) || /^EVAL(SHA)?$/i.test(name);

/** The place of the argument that must be a whole number. */
const integers: Record<string, number> = {
  EXPIRE: 1,
  PEXPIRE: 1,
  EXPIREAT: 1,
  PEXPIREAT: 1,
  SETEX: 1,
  PSETEX: 1,
  INCRBY: 1,
  DECRBY: 1,
  HINCRBY: 2,
};

const writesFirst = new Set(
  `SET SETNX SETEX PSETEX GETDEL GETEX GETSET APPEND SETRANGE INCR INCRBY INCRBYFLOAT DECR DECRBY EXPIRE PEXPIRE EXPIREAT
   PEXPIREAT PERSIST`.split(/\s+/),
);

/** The keys of strings that a command may change; `undefined` when that is all of them. */
export function writtenKeys(name: string, args: string[]): string[] | undefined {
  if (writesFirst.has(name)) return args.slice(0, 1);
  if (name === "DEL" || name === "UNLINK") return args;
  if (name === "RENAME" || name === "RENAMENX") return args.slice(0, 2);
  if (name === "MSET" || name === "MSETNX") return args.filter((_, i) => i % 2 === 0);
  if (name === "FLUSHALL" || name === "FLUSHDB") return undefined;
  return [];
}

/** Refuse what Redis refuses and the mock does not, and spell the rest as the mock reads it. Throws `CommandError`. */
export async function checkArguments(name: string, args: string[], call: Call): Promise<string[]> {
  const [key = ""] = args;
  const { family, least } = known.get(name) ?? {};
  if (family === undefined || least === undefined) {
    throw new CommandError(`ERR unknown command '${name}' (this Redis lives in memory and knows only the common ones)`);
  }
  if (args.length < least) throw new CommandError(`ERR wrong number of arguments for '${name.toLowerCase()}' command`);
  if (/^P?EXPIRE(AT)?$/.test(name) && args.length > 2) throw new CommandError("ERR Unsupported option");

  const place = integers[name];
  if (place !== undefined && !isInteger(args[place])) throw notInteger();
  if (family !== "any") {
    const type = await call("type", key);
    if (type !== family && type !== "none") {
      throw new CommandError("WRONGTYPE Operation against a key holding the wrong kind of value");
    }
  }
  if (/^(INCR|DECR)(BY)?$/.test(name) && !isInteger(await call("get", key) ?? "0")) throw notInteger();
  return name === "SET" ? await setArguments(args, call) : args;
}

const isInteger = (text: unknown) => /^-?\d{1,18}$/.test(String(text));
const notInteger = () => new CommandError("ERR value is not an integer or out of range");

/** The mock reads options of SET in upper case only, the expiry before the rest, and knows no KEEPTTL. */
async function setArguments([key = "", value = "", ...options]: string[], call: Call): Promise<string[]> {
  const flags = new Set<string>();
  const expiry: string[] = [];
  for (let i = 0; i < options.length; i++) {
    const option = options[i]!.toUpperCase();
    if (["NX", "XX", "GET", "KEEPTTL"].includes(option)) flags.add(option);
    else if (["EX", "PX", "EXAT", "PXAT"].includes(option) && expiry.length === 0) {
      const at = options[++i];
      if (!isInteger(at)) throw notInteger();
      if (Number(at) <= 0) throw new CommandError("ERR invalid expire time in 'set' command");
      expiry.push(option, at!);
    } else throw new CommandError("ERR syntax error");
  }
  if (flags.delete("KEEPTTL")) {
    if (expiry.length > 0) throw new CommandError("ERR syntax error");
    const until = Number(await call("pexpiretime", key));
    if (until > 0) expiry.push("PXAT", String(until));
  }
  return [key, value, ...expiry, ...flags];
}
