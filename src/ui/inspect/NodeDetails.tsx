import type { ReactNode, Ref } from 'react';
import { bytes, count, figure } from '../../core/format.ts';
import type { InspectedNode, Inspection } from '../../core/inspect/inspection.ts';
import { countedHow } from '../../core/inspect/nodes/counted.ts';
import type { Links } from '../../core/inspect/nodes/links.ts';
import { amount, intensityOf } from '../../core/inspect/nodes/measures.ts';
import { precisionOf } from '../../core/inspect/precision.ts';
import { chooseNode } from '../../state/inspect/inspecting.ts';
import styles from './NodeDetails.module.css';
import { TONES } from './nodeTone.ts';
import { PortList } from './PortList.tsx';

interface LineProps {
  readonly title: string;
  readonly value: ReactNode;
  readonly how?: string;
}

function Line({ title, value, how }: LineProps) {
  return (
    <div className={styles['line']}>
      <dt>{title}</dt>
      <dd>
        {value}
        {how && <span className={styles['how']}>{how}</span>}
      </dd>
    </div>
  );
}

function Costs({ node, hasBodies }: { node: InspectedNode; hasBodies: boolean }) {
  const { cost, parameters, live, folded } = node;
  if (folded) return <p className={styles['once']}>Computed once, when the model is loaded.</p>;
  const how = countedHow(node, hasBodies);
  const intensity = intensityOf(node);
  return (
    <dl className={styles['lines']}>
      <Line title="MACs" value={cost ? amount(cost.macs) : '–'} how={how.macs} />
      <Line title="FLOPs" value={cost ? amount(cost.flops) : '–'} how={how.flops} />
      <Line title="Read" value={cost ? bytes(cost.read) : '–'} how={how.read} />
      <Line
        title="Written"
        value={cost ? bytes(cost.written) : '–'}
        how={cost && cost.written > 0 ? 'each output once' : ''}
      />
      {intensity !== null && (
        <Line
          title="Intensity"
          value={`${figure(intensity)} FLOP/B`}
          how="FLOPs / (read + written)"
        />
      )}
      {parameters > 0 && (
        <Line title="Parameters" value={amount(parameters)} how="in the constants it reads" />
      )}
      {live !== null && (
        <Line title="Live memory" value={bytes(live)} how="activations that exist while it runs" />
      )}
    </dl>
  );
}

/** "Node 12 of 340, in then_branch of If" */
function place({ id, within, body }: InspectedNode, { nodes }: Inspection): string {
  const around = within.at(-1);
  const inside = around === undefined ? '' : `, in ${body} of ${nodes[around]?.operator ?? ''}`;
  return `Node ${count(id + 1)} of ${count(nodes.length)}${inside}`;
}

interface NodeDetailsProps {
  readonly ref?: Ref<HTMLElement>;
  readonly inspection: Inspection;
  readonly links: Links;
  readonly node: InspectedNode;
}

/** All that is known of one node, with ways to those it is connected to. */
export function NodeDetails({ ref, inspection, links, node }: NodeDetailsProps) {
  const { id, operator, domain, name, attributes, inputs, outputs, problem, within } = node;
  const around = within.at(-1);
  const hasBodies = inspection.nodes[id + 1]?.within.at(-1) === id;
  return (
    <section ref={ref} className={styles['details']} aria-label="The chosen node">
      <div className={styles['head']}>
        <h3 className={styles['title']} style={{ color: TONES[precisionOf(node)] }}>
          {operator}
        </h3>
        <button
          type="button"
          className={styles['close']}
          aria-label="Close the details"
          onClick={() => chooseNode(null)}
        >
          ×
        </button>
      </div>
      {name && <p className={styles['name']}>{name}</p>}
      <p className={styles['place']}>
        {place(node, inspection)}
        {domain && `, an operator of ${domain}`}.{' '}
        {inspection.peak?.node === id && 'Activation memory peaks here. '}
        {around !== undefined && (
          <button type="button" className={styles['jump']} onClick={() => chooseNode(around)}>
            Show that node
          </button>
        )}
      </p>
      {problem && <p className={styles['problem']}>{problem}</p>}
      <Costs node={node} hasBodies={hasBodies} />
      <PortList title="Inputs" ports={inputs} links={links.inputs[id]} inspection={inspection} />
      <PortList
        title="Outputs"
        ports={outputs}
        links={links.outputs[id]}
        inspection={inspection}
        made
      />
      {attributes.length > 0 && (
        <>
          <h4 className={styles['part']}>Attributes</h4>
          <dl className={styles['lines']}>
            {attributes.map(([key, value]) => (
              <Line key={key} title={key} value={value} />
            ))}
          </dl>
        </>
      )}
    </section>
  );
}
