import styles from '../parts/Page.module.css';

export default function ReportPage() {
  return (
    <main className={styles['page']}>
      <h1>Report</h1>
    </main>
  );
}
