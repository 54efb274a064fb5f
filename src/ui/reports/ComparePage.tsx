import styles from '../parts/Page.module.css';

export default function ComparePage() {
  return (
    <main className={styles['page']}>
      <h1>Two reports</h1>
    </main>
  );
}
