/** How many bytes follow the first one, and the least and the most that the second may be. */
function following(lead: number): readonly [count: number, low: number, high: number] | null {
  if (lead < 0x80) return [0, 0, 0];
  // 0xc0 and 0xc1 could only be overlong forms of ASCII.
  if (lead < 0xc2) return null;
  if (lead < 0xe0) return [1, 0x80, 0xbf];
  if (lead === 0xe0) return [2, 0xa0, 0xbf];
  // Above 0x9f: the surrogates U+D800 to U+DFFF.
  if (lead === 0xed) return [2, 0x80, 0x9f];
  if (lead < 0xf0) return [2, 0x80, 0xbf];
  if (lead === 0xf0) return [3, 0x90, 0xbf];
  if (lead < 0xf4) return [3, 0x80, 0xbf];
  // Above 0x8f: beyond U+10FFFF.
  if (lead === 0xf4) return [3, 0x80, 0x8f];
  return null;
}

/** Whether bytes are well-formed UTF-8 (Unicode 16, table 3-7); one cut off at the end is not. */
export function isUtf8(bytes: Uint8Array): boolean {
  let at = 0;
  while (at < bytes.length) {
    const rest = following(bytes[at++] as number);
    if (!rest) return false;
    let [count, low, high] = rest;
    for (; count > 0; count--) {
      const byte = bytes[at++];
      if (byte === undefined || byte < low || byte > high) return false;
      [low, high] = [0x80, 0xbf];
    }
  }
  return true;
}
