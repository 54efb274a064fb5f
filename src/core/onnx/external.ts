import { Fault } from '../errors.ts';
import { count } from '../format.ts';
import { type TensorProto, TensorProto_DataLocation } from './onnx_pb.ts';

/** Files that hold weights outside the model's own file, by the name that the model calls them. */
export type ExternalFiles = ReadonlyMap<string, Uint8Array>;

export const isExternal = ({ dataLocation }: TensorProto): boolean =>
  dataLocation === TensorProto_DataLocation.EXTERNAL;

const entry = ({ externalData }: TensorProto, key: string) =>
  externalData.find((pair) => pair.key === key)?.value;

/** The name of the file that holds the tensor's data; '' when it names none. */
export const externalLocation = (tensor: TensorProto): string =>
  // Some exporters write "./weights.bin"; a path can only mean the file beside the model here.
  (entry(tensor, 'location') ?? '').replace(/^\.\//, '');

/**
 * A view of the tensor's data in one of `files`.
 * @throws Fault ExternalDataError when the file is not there or ends too early
 */
export function externalBytes(tensor: TensorProto, files: ExternalFiles): Uint8Array {
  const location = externalLocation(tensor);
  const file = files.get(location);
  if (!file) {
    throw new Fault(
      'ExternalDataError',
      `The weights "${tensor.name}" lie in the file "${location}", which was not given.`,
    );
  }
  const offset = Number(entry(tensor, 'offset') ?? 0);
  const length = Number(entry(tensor, 'length') ?? file.length - offset);
  const end = offset + length;
  if (!Number.isSafeInteger(offset) || !Number.isSafeInteger(length) || offset < 0 || length < 0) {
    throw new Fault(
      'ExternalDataError',
      `The weights "${tensor.name}" name an impossible place in "${location}": offset ${entry(tensor, 'offset')}, length ${entry(tensor, 'length')}.`,
    );
  }
  if (end > file.length) {
    throw new Fault(
      'ExternalDataError',
      `The weights "${tensor.name}" end at byte ${count(end)} of "${location}", which has ${count(file.length)} bytes.`,
    );
  }
  return file.subarray(offset, end);
}
