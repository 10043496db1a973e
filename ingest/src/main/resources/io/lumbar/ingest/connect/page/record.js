const UNITS_PER_G = 2048;
const LONGEST_HEAD = 1 + 3 * 2 + 8 + 5;
const LONGEST_SAMPLE = 5 + 3 * 2;

/**
 * A batch in the binary form of docs/formats/motion.md. `samples` are { at, x, y, z }: milliseconds
 * since 1970, ascending, and g with +1 on the axis that points up.
 */
export function encode(samples) {
  const bytes = new Uint8Array(LONGEST_HEAD + samples.length * LONGEST_SAMPLE);
  const view = new DataView(bytes.buffer);
  let at = 0;
  view.setUint8(at, 1);
  // Device, placement and zone stay empty: the token's count.
  at += 1 + 3 * 2;
  const startMicros = Math.round(samples[0].at * 1000);
  view.setBigInt64(at, BigInt(startMicros) * 1000n);
  at = varint(bytes, at + 8, samples.length);
  let before = startMicros;
  for (const sample of samples) {
    const micros = Math.round(sample.at * 1000);
    at = varint(bytes, at, micros - before);
    before = micros;
    for (const value of [sample.x, sample.y, sample.z]) {
      view.setInt16(at, Math.max(-32768, Math.min(32767, Math.round(value * UNITS_PER_G))));
      at += 2;
    }
  }
  return bytes.buffer.slice(0, at);
}

function varint(bytes, from, value) {
  let at = from;
  let rest = value;
  while (rest >= 128) {
    bytes[at++] = (rest % 128) + 128;
    rest = Math.floor(rest / 128);
  }
  bytes[at++] = rest;
  return at;
}
