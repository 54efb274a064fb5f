import { Checkbox } from '@mantine/core';
import { Link } from 'wouter';
import { count } from '../../core/format.ts';
import { deviceSentence } from '../../core/report/conditionRows.ts';
import type { Summary } from '../../core/report/summary.ts';
import { deleteReport } from '../../state/reports/history.ts';
import { momentOf } from '../parts/moment.ts';
import styles from './ReportRow.module.css';
import { ENDINGS, reportTitle } from './words.ts';

interface ReportRowProps {
  readonly summary: Summary;
  /** Its place among the two that are compared; -1 for none. */
  readonly place: number;
  readonly onToggle: () => void;
}

/** One report: what was found, and under what. */
export function ReportRow({ summary, place, onToggle }: ReportRowProps) {
  const { id, startedAt, kind, model, sentence, status, conditions, samples, note } = summary;
  const title = `${reportTitle(kind)} of ${model}, ${momentOf(startedAt)}`;
  const nothing =
    status === 'running' ? 'Still running…' : 'Too little was measured to say anything.';
  return (
    <li className={styles['row']} data-report={id} data-status={status}>
      <Checkbox
        size="sm"
        checked={place >= 0}
        onChange={onToggle}
        aria-label={`Compare: ${title}`}
        className={styles['check']}
      />
      <div className={styles['main']}>
        <p className={styles['when']}>
          {momentOf(startedAt)}
          <span className={styles['chip']}>{reportTitle(kind)}</span>
          {status !== 'done' && (
            <span className={styles['chip']} data-status={status}>
              {ENDINGS[status]}
            </span>
          )}
          {place >= 0 && <span className={styles['place']}>{'AB'[place]}</span>}
        </p>
        <Link href={`/reports/${id}`} className={styles['link']}>
          {sentence ?? nothing}
        </Link>
        <p className={styles['meta']}>
          {model} · {deviceSentence(conditions)} · {count(samples)} samples
        </p>
        {note !== '' && <p className={styles['note']}>{note}</p>}
      </div>
      {status !== 'running' && (
        <button
          type="button"
          className={styles['delete']}
          onClick={() => void deleteReport(summary)}
          aria-label={`Delete: ${title}`}
        >
          ×
        </button>
      )}
    </li>
  );
}
