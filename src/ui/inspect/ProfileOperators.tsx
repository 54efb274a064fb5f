import { count, figure, percent } from '../../core/format.ts';
import { arithmeticOf } from '../../core/inspect/profile/executed.ts';
import type { OperatorTime, Profile } from '../../core/inspect/profile/profile.ts';
import { providerName } from '../../core/inspect/profile/words.ts';
import { ARITHMETIC_COLOURS } from '../parts/arithmeticStyle.ts';
import styles from './ProfileCard.module.css';

/** The colour of an operator type: that of its first node's arithmetic. */
function colourOf({ operator, provider }: OperatorTime, { nodes }: Profile): string {
  const first = nodes.find((node) => node.operator === operator && node.provider === provider);
  return ARITHMETIC_COLOURS[first ? arithmeticOf(first) : 'fp32'];
}

/** Time by operator type that really ran, the longest first. */
export function ProfileOperators({ profile }: { profile: Profile }) {
  const { operators } = profile;
  const total = operators.reduce((sum, { ms }) => sum + ms, 0);
  const most = Math.max(...operators.map(({ ms }) => ms), Number.MIN_VALUE);
  return (
    <table className={styles['table']}>
      <thead>
        <tr>
          <th scope="col">Operator that ran</th>
          <th scope="col" className={styles['wide']}>
            Ran by
          </th>
          <th scope="col">Nodes</th>
          <th scope="col">ms a run</th>
          <td className={styles['track']} />
          <th scope="col">Share</th>
        </tr>
      </thead>
      <tbody>
        {operators.map((each) => (
          <tr key={`${each.operator} ${each.provider}`}>
            <th scope="row" className={styles['operator']}>
              {each.operator}
            </th>
            <td className={styles['wide']}>{providerName(each.provider)}</td>
            <td>{count(each.nodes)}</td>
            <td>{figure(each.ms)}</td>
            <td className={styles['track']} aria-hidden="true">
              <div
                className={styles['bar']}
                style={{ width: `${(each.ms / most) * 100}%`, background: colourOf(each, profile) }}
              />
            </td>
            <td>{total > 0 ? percent(each.ms / total) : '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
