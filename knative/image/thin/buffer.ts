/**
 * What the Postgres driver asks of Node's `Buffer`, over a plain `Uint8Array`: Node's own costs a cold start the whole
 * of Deno's Node layer. Text is UTF-8 unless said; `base64` and `hex` are what signatures and bytea need.
 */
type Encoding = "utf8" | "base64" | "hex";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Below this many bytes a loop beats the call into the runtime. */
const short = 24;

function decode(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > short) return decoder.decode(bytes.subarray(start, end));
  let text = "";
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (byte > 127) return decoder.decode(bytes.subarray(start, end));
    text += String.fromCharCode(byte);
  }
  return text;
}

/** Without the static side of typed arrays, whose `from` takes other things than Node's. */
const Bytes = Uint8Array as unknown as new (
  from: number | ArrayLike<number> | ArrayBuffer,
  at?: number,
  length?: number,
) => Uint8Array<ArrayBuffer>;

const fromHex = (text: string) => Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const toHex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const fromBase64 = (text: string) => Array.from(atob(text), (char) => char.charCodeAt(0));
const toBase64 = (bytes: Uint8Array) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));

export class Buffer extends Bytes {
  static alloc(size: number): Buffer {
    return new Buffer(size);
  }

  static allocUnsafe(size: number): Buffer {
    return new Buffer(size);
  }

  static byteLength(text: string): number {
    let length = text.length;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit > 0x7ff) length += 2;
      else if (unit > 0x7f) length += 1;
      if ((unit & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) i += 1; // a pair is 4 bytes
    }
    return length;
  }

  static concat(parts: Uint8Array[], total = parts.reduce((sum, { length }) => sum + length, 0)): Buffer {
    const whole = new Buffer(total);
    let at = 0;
    for (const part of parts) {
      whole.set(at + part.length > total ? part.subarray(0, total - at) : part, at);
      at += part.length;
    }
    return whole;
  }

  static from(source: string | ArrayLike<number> | ArrayBuffer, encoding: Encoding = "utf8"): Buffer {
    if (typeof source !== "string") return new Buffer(source);
    if (encoding === "base64") return new Buffer(fromBase64(source));
    if (encoding === "hex") return new Buffer(fromHex(source));
    const { buffer, byteOffset, length } = encoder.encode(source);
    return new Buffer(buffer, byteOffset, length);
  }

  override toString(encoding: Encoding = "utf8", start = 0, end = this.length): string {
    if (encoding === "base64") return toBase64(this.subarray(start, end));
    if (encoding === "hex") return toHex(this.subarray(start, end));
    return decode(this, start, end);
  }

  write(text: string, offset: number, length: number): number {
    if (length > short) return encoder.encodeInto(text, this.subarray(offset, offset + length)).written;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit > 127) return encoder.encodeInto(text, this.subarray(offset, offset + length)).written;
      this[offset + i] = unit;
    }
    return text.length;
  }

  copy(target: Uint8Array): number {
    target.set(this);
    return this.length;
  }

  writeUInt16BE(value: number, at: number): void {
    this[at] = value >>> 8;
    this[at + 1] = value;
  }

  writeUInt32BE(value: number, at: number): void {
    this[at] = value >>> 24;
    this[at + 1] = value >>> 16;
    this[at + 2] = value >>> 8;
    this[at + 3] = value;
  }

  readUInt16BE(at: number): number {
    return this[at]! << 8 | this[at + 1]!;
  }

  readInt32BE(at: number): number {
    return this[at]! << 24 | this[at + 1]! << 16 | this[at + 2]! << 8 | this[at + 3]!;
  }

  readUInt32BE(at: number): number {
    return this.readInt32BE(at) >>> 0;
  }
}
