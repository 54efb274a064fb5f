import styles from '../parts/Page.module.css';

export default function ReportsPage() {
  return (
    <main className={styles['page']}>
      <h1>Reports</h1>
    </main>
  );
}
