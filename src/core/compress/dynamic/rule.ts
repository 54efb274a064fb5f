import type { NodeProto } from '../../onnx/onnx_pb.ts';
import type { Rewriter } from '../rewriter.ts';
import type { Subject } from '../static/subject.ts';
import type { CodeBook, WeightType } from './codes.ts';

/** What rules work with. */
export interface DynamicWork {
  readonly subject: Subject;
  readonly rewriter: Rewriter;
  readonly book: CodeBook;
  readonly weights: WeightType;
  readonly convWeights: WeightType;
  readonly perChannel: boolean;
}

/** Which option of the technique decides over a rule. */
export type RuleKind = 'products' | 'convolutions' | 'lstm' | 'tables';

export interface DynamicRule {
  readonly kind: RuleKind;
  readonly domain: string;
  /** Why a node stays as it is, as a clause; null where it is quantized. */
  readonly refuse: (node: NodeProto, subject: Subject) => string | null;
  /** Quantizes a node. @returns what became of it, as a clause */
  readonly apply: (node: NodeProto, work: DynamicWork) => string;
}
