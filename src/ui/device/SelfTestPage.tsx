import styles from '../parts/Page.module.css';

export default function SelfTestPage() {
  return (
    <main className={styles['page']}>
      <h1>Self-test</h1>
    </main>
  );
}
