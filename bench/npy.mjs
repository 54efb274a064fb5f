// Arrays as numpy saves them, for scripts on both sides.

/**
 * A .npy file, version 1 (numpy.lib.format): in C order.
 * @param {Float32Array | BigInt64Array} data
 * @param {readonly number[]} shape
 * @returns {Uint8Array}
 */
export function npy(data, shape) {
  const descr = data instanceof Float32Array ? '<f4' : '<i8';
  const dict = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`;
  // The data begins at a multiple of 64; the header ends with a line feed.
  const length = Math.ceil((10 + dict.length + 1) / 64) * 64 - 10;
  const head = Buffer.alloc(10 + length, ' ', 'latin1');
  head.write('\x93NUMPY\x01\x00', 'latin1');
  head.writeUInt16LE(length, 8);
  head.write(dict, 10, 'latin1');
  head.write('\n', 10 + length - 1, 'latin1');
  return Buffer.concat([head, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)]);
}
