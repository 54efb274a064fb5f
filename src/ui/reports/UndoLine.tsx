import { undoDelete } from '../../state/reports/history.ts';
import { momentOf } from '../parts/moment.ts';
import { TextButton } from '../parts/TextButton.tsx';
import { useReports } from '../parts/use.ts';
import styles from './UndoLine.module.css';
import { reportTitle } from './words.ts';

/** Nothing saved is lost by a slip: for some seconds a deleted report can be had back. */
export function UndoLine() {
  const deleted = useReports((state) => state.deleted);
  if (!deleted) return null;
  return (
    <p className={styles['line']} role="status">
      {reportTitle(deleted.kind)} of {deleted.model} of {momentOf(deleted.startedAt)} is deleted.{' '}
      <TextButton disabled={false} onClick={() => void undoDelete()}>
        Undo
      </TextButton>
    </p>
  );
}
