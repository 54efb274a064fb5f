import styles from '../parts/Page.module.css';

export default function EnergyPage() {
  return (
    <main className={styles['page']}>
      <h1>Energy</h1>
    </main>
  );
}
