import type { ReactNode } from 'react';
import styles from './Card.module.css';
import { MethodLink } from './MethodLink.tsx';
import type { MethodName } from './methods.ts';

interface CardProps {
  readonly title?: ReactNode;
  readonly aside?: ReactNode;
  /** How its figures are obtained. */
  readonly method?: MethodName;
  readonly children: ReactNode;
}

export function Card({ title, aside, method, children }: CardProps) {
  return (
    <section className={styles['card']}>
      {title !== undefined && (
        <div className={styles['head']}>
          <h2 className={styles['title']}>{title}</h2>
          {aside}
          {method && <MethodLink name={method} />}
        </div>
      )}
      {children}
    </section>
  );
}
