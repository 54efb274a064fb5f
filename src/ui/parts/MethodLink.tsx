import { Link } from 'wouter';
import styles from './MethodLink.module.css';
import type { MethodName } from './methods.ts';

/** Beside a figure: how it is obtained, and how far to trust it. */
export function MethodLink({ name }: { readonly name: MethodName }) {
  return (
    <Link className={styles['link']} href={`/method/${name}`} aria-label={`Method: ${name}`}>
      Method
    </Link>
  );
}
