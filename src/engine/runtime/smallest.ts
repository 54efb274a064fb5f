/**
 * The smallest ONNX model, output = input, as a file. The runtime starts with its first session:
 * one of this model tells its start from the loading of the real model. As bytes, so that no
 * lane has to carry the codec.
 */
export const SMALLEST_MODEL = Uint8Array.from(
  atob(
    'CAg6QwocCgF4EgF5GgpJZGVudGl0eV95IghJZGVudGl0eRIBZ1oPCgF4EgoKCAgBEgQKAggBYg8KAXkSCgoICAESBAoCCAFCBAoAEBE=',
  ),
  (char) => char.charCodeAt(0),
);
