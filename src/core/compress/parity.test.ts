import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { domainOf, opsetsOf } from '../onnx/graph.ts';
import type { AttributeProto, GraphProto, ModelProto, TensorProto } from '../onnx/onnx_pb.ts';
import { tensorNumbers } from '../onnx/tensors.ts';
import { makeOurs, readFixture } from './testing.ts';

const FOLDER = new URL('./fixtures/', import.meta.url);

const cases = readdirSync(FOLDER).flatMap((file) => {
  const name = file.replace('.tar.gz', '');
  const fixture = readFixture(gunzipSync(readFileSync(new URL(file, FOLDER))));
  return fixture.variants.map((variant) => ({ name, variant, fixture }));
});

/** A way in which our files differ, and why they may. */
interface Difference {
  /** "model variant", which have it. */
  readonly where: RegExp;
  /** The lines that say so. */
  readonly lines: RegExp;
  readonly why: string;
}

const DIFFERENCES: readonly Difference[] = [
  {
    where: /^(constants|mobile|transformer) static/,
    lines:
      /^(node|tensor) .*\b[cC]onstant_(\d_)?out(put_0)?(_(quantized(_scale|_zero_point)?|scale|zero_point|QuantizeLinear_Output))?( |\)|$)/,
    why: 'What Constant nodes hold is a constant: its codes are stored, weights have a scale per channel and biases are int32. onnxruntime takes it for an activation, and quantizes it anew in every run.',
  },
  {
    where: /^mlp static/,
    lines: /^(tensor w6_scale$|(tensor|node) .*\bw[57]0?(_|\b))/,
    why: 'alpha is folded into the weights and beta into the bias: the runtime has no integer Gemm for a beta other than 1, and leaves the onnxruntime file in float.',
  },
  {
    where: /^mlp dynamic/,
    lines: /\b(w[4567]|(sigmoid_3|leakyrelu_5|gemm_4|gemm_6)_out)(_|\b)/,
    why: 'Gemm with alpha or beta becomes an integer product here too, with alpha in the scale and beta in the bias. onnxruntime leaves it float.',
  },
  {
    where: /^outputs static$/,
    lines: /^tensor before_(scale|zero_point)$/,
    why: 'The input of a Relu is an output of the model here. onnxruntime gives it the range of the Relu, which cuts its negative numbers off.',
  },
  {
    where: /^stack blocks/,
    lines: /^domains$|\bw1(_|\b)/,
    why: 'A weight of three dimensions, which MatMulNBits cannot take, gets blocks too, by DequantizeLinear of operator set 21. onnxruntime leaves it float.',
  },
  {
    where: /^shared static/,
    lines: /\bw1(0_1|1)(_|\b)/,
    why: 'Only the name of the second copy of a bias.',
  },
  {
    where: /static-u16$/,
    lines: /^domain/,
    why: 'QuantizeLinear of 16 bits is in operator set 21. The same node is in com.microsoft, so that the rest of the model keeps its operator set, and its meaning.',
  },
];

const text = ({ name, i, f, s, ints, floats, t }: AttributeProto): string =>
  `${name}=${[i, f, String.fromCharCode(...s), ints, floats, t ? contents(t) : ''].join(':')}`;

const contents = (tensor: TensorProto): string =>
  `${tensor.dataType} [${tensor.dims}] ${tensorNumbers(tensor).join(' ')}`;

const QUANTIZERS: ReadonlySet<string> = new Set(['QuantizeLinear', 'DequantizeLinear']);

/** Every node as one line: operator, inputs, outputs, attributes. Names of nodes are of no consequence. */
function nodeLines({ node }: GraphProto): Map<string, string> {
  return new Map(
    node.map(({ opType, domain, input, output, attribute }) => {
      const from = QUANTIZERS.has(opType) ? '' : domainOf(domain);
      const attributes = attribute.map(text).sort().join(' ');
      const line = `node ${from}:${opType}(${input.join(', ')}) -> (${output.join(', ')})`;
      return [line, attributes];
    }),
  );
}

function tensorLines({ initializer }: GraphProto): Map<string, string> {
  return new Map(initializer.map((tensor) => [`tensor ${tensor.name}`, contents(tensor)]));
}

const sets = (model: ModelProto): Map<string, string> =>
  new Map([['domains', JSON.stringify([...opsetsOf(model)].sort())]]);

/** One line for every node, stored tensor and operator set that only one of two models has, or has otherwise. */
function differences(ours: ModelProto, theirs: ModelProto): string[] {
  const lines = (model: ModelProto) =>
    model.graph
      ? new Map([...nodeLines(model.graph), ...tensorLines(model.graph), ...sets(model)])
      : new Map<string, string>();
  const [a, b] = [lines(ours), lines(theirs)];
  return [...new Set([...a.keys(), ...b.keys()])].filter((line) => a.get(line) !== b.get(line));
}

describe('files as onnxruntime 1.30 makes them', () => {
  const used = new Set<Difference>();

  it.each(cases)('$name, $variant', ({ name, variant, fixture }) => {
    const where = `${name} ${variant}`;
    const allowed = DIFFERENCES.filter((each) => each.where.test(where));
    const found = differences(makeOurs(fixture, variant), fixture.theirs(variant));
    const unexplained = found.filter((line) => {
      const reason = allowed.find(({ lines }) => lines.test(line));
      if (reason) used.add(reason);
      return !reason;
    });
    expect(unexplained).toEqual([]);
  });

  it('and no other differences than listed', () => {
    expect(DIFFERENCES.filter((each) => !used.has(each))).toEqual([]);
  });
});
