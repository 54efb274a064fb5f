import type { FaultName } from '../../core/errors.ts';
import type { ErrorFacts } from '../../core/race/events.ts';
import styles from './Fault.module.css';

/** What to do about each kind of error; the message before it says what happened. */
const ADVICE: Readonly<Record<FaultName, string>> = {
  DownloadError: 'Check the connection and try again.',
  TruncatedError: 'The download was cut short: try again.',
  IntegrityError: 'Reload the page and try again; if it stays, the site holds a damaged copy.',
  ManifestError: 'The site holds a damaged copy; a file of your own can still be raced.',
  RuntimeMissingError:
    'Without this file no lane of its kind can start: reload the page, or rebuild the site.',
  ModelRejectedError: 'Export the model again, for opset 26 or lower, and drop it anew.',
  GraphError: 'The file breaks the rules of ONNX: export the model again.',
  DimensionError: 'Export the model again; the file contradicts itself.',
  ExternalDataError: 'Open the model together with all files that hold its weights.',
  ModelFormatError:
    'Choose an .onnx file: PyTorch, TensorFlow and scikit-learn can export their models to ONNX.',
  FileFormatError: 'Choose another file.',
  UnsupportedInputError: 'Choose another file or other sizes.',
  BackendError: 'Try another backend.',
  OutOfMemoryError: 'Close other tabs, choose a smaller variant, or fewer lanes.',
  LaneDiedError: 'The others went on; run again to start it afresh.',
  ProfileError: 'Run it again; the rest of the results do not depend on it.',
  MismatchError: 'Race only variants of one model.',
  CompressError: 'Choose other options, or another technique.',
  ReportError: 'Choose a .json or .csv file that a Reports page exported.',
  NewerReportError: 'Update the page.',
  StorageError: 'Export what must not be lost; allow this site to store data, or free space.',
  CalibrationError: 'Export it again, or calibrate anew.',
  ModeError: 'Reload the page: its newest version may have it.',
  // What to do depends on what happened, so its message says it.
  CaptureError: '',
};

export const adviceFor = (name: string): string =>
  (ADVICE as Readonly<Record<string, string>>)[name] ?? '';

/** An error in plain words: what happened, with the value, and what to do. */
export function Fault({ error, onDismiss }: { error: ErrorFacts; onDismiss?: () => void }) {
  return (
    <div role="alert" className={styles['fault']}>
      <p>
        {error.message} {adviceFor(error.name)}
      </p>
      {onDismiss && (
        <button type="button" className={styles['close']} onClick={onDismiss} aria-label="Dismiss">
          ×
        </button>
      )}
    </div>
  );
}
