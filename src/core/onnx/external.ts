import { Fault } from '../errors.ts';
import { count } from '../format.ts';
import { packedBytes } from './elements.ts';
import {
  type GraphProto,
  type ModelProto,
  type NodeProto,
  type TensorProto,
  TensorProto_DataLocation,
} from './onnx_pb.ts';

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

/** The name under which the weights of a model read without them lie in its own file. */
export const SELF = ':self:';

/** Bytes that a tensor's data takes as it is stored; null where its shape tells. */
export function storedLength(tensor: TensorProto): number | null {
  if (!isExternal(tensor)) return tensor.rawData.length;
  const length = entry(tensor, 'length');
  return length === undefined ? null : Number(length);
}

/** Where in its file a tensor's data stands. */
interface Place {
  readonly offset: number;
  readonly end: number;
}

/** What the runtime counts where a file gives no length, or 0; 0 for types without a fixed width. */
const lengthByShape = ({ dataType, dims }: TensorProto): number =>
  packedBytes(
    dataType,
    dims.reduce((elements, dim) => elements * Number(dim), 1),
  );

/**
 * @param size of the tensor's file; undefined when it was not given
 * @throws Fault ExternalDataError when the file is not there or ends too early
 */
function placeOf(tensor: TensorProto, size: number | undefined): Place {
  const location = externalLocation(tensor);
  const fault = (message: string) =>
    new Fault('ExternalDataError', `The weights "${tensor.name}" ${message}`);
  if (size === undefined) {
    throw fault(`lie in the file "${location}", which was not given.`);
  }
  const offset = Number(entry(tensor, 'offset') ?? 0);
  const length = Number(entry(tensor, 'length') ?? 0) || lengthByShape(tensor) || size - offset;
  if (!Number.isSafeInteger(offset) || !Number.isSafeInteger(length) || offset < 0 || length < 0) {
    throw fault(
      `name an impossible place in "${location}": offset ${entry(tensor, 'offset')}, length ${entry(tensor, 'length')}.`,
    );
  }
  const end = offset + length;
  if (end > size) {
    throw fault(`end at byte ${count(end)} of "${location}", which has ${count(size)} bytes.`);
  }
  return { offset, end };
}

/**
 * A view of the tensor's data in one of `files`.
 * @throws Fault ExternalDataError when the file is not there or ends too early
 */
export function externalBytes(tensor: TensorProto, files: ExternalFiles): Uint8Array {
  const file = files.get(externalLocation(tensor));
  const { offset, end } = placeOf(tensor, file?.length);
  return (file as Uint8Array).subarray(offset, end);
}

/** Every stored tensor of a model: initializers, and those in attributes, in all graphs. */
export function storedTensors({ graph, functions }: ModelProto): TensorProto[] {
  const inNodes = (nodes: readonly NodeProto[]): TensorProto[] =>
    nodes.flatMap(({ attribute }) =>
      attribute.flatMap(({ t, tensors, g, graphs }) => [
        ...(t ? [t] : []),
        ...tensors,
        ...[...(g ? [g] : []), ...graphs].flatMap(inGraph),
      ]),
    );
  const inGraph = ({ initializer, node }: GraphProto): TensorProto[] => [
    ...initializer,
    ...inNodes(node),
  ];
  return [...(graph ? inGraph(graph) : []), ...functions.flatMap(({ node }) => inNodes(node))];
}

/** Names of the files beside the model that hold weights, each once. */
export const externalFilesOf = (model: ModelProto): string[] => [
  ...new Set(
    storedTensors(model)
      .filter(isExternal)
      .map(externalLocation)
      .filter((location) => location !== SELF),
  ),
];

/**
 * @param sizes of the files that were given, by name
 * @throws Fault ExternalDataError when one is not there or ends too early
 */
export function checkExternal(model: ModelProto, sizes: ReadonlyMap<string, number>): void {
  for (const tensor of storedTensors(model)) {
    if (isExternal(tensor)) placeOf(tensor, sizes.get(externalLocation(tensor)));
  }
}

/**
 * Takes the weights that lie in other files into the model, as views of those files.
 * @throws Fault ExternalDataError when a file is not there or ends too early
 */
export function inlineExternal(model: ModelProto, files: ExternalFiles): void {
  for (const tensor of storedTensors(model)) {
    if (!isExternal(tensor)) continue;
    tensor.rawData = externalBytes(tensor, files);
    tensor.externalData = [];
    tensor.dataLocation = TensorProto_DataLocation.DEFAULT;
  }
}
