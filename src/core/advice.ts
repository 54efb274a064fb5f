import type { FaultName } from './errors.ts';
import { MAX_IR, MAX_OPSET } from './runtimeLimits.ts';

/** Of inputs that do not fit: some models leave sizes open, others do not. */
const OTHER_SIZES = 'If its inputs have adjustable sizes, choose different ones.';

/**
 * What to do about each kind of error; the message before it says what happened. Nothing where
 * the message says it itself, or where nothing can be done.
 */
const ADVICE: Readonly<Record<FaultName, string>> = {
  DownloadError: 'Check the connection and try again.',
  TruncatedError: 'The download was cut short: try again.',
  IntegrityError:
    'Reload the page and try again; if the error persists, the site has a damaged copy.',
  ManifestError: 'The site has a damaged copy; you can still race a file of your own.',
  RuntimeMissingError:
    'Without this file, lanes of this kind cannot start: reload the page, or rebuild the site.',
  ModelUnreadableError: 'Download or export the complete file again.',
  ModelVersionError: `Export the model again, for opset ${MAX_OPSET} and IR version ${MAX_IR} or lower.`,
  ModelRejectedError: '',
  OperatorError:
    'The runtime does not implement this operator: export the model for a newer opset, or without it.',
  RunError: OTHER_SIZES,
  SizeError: OTHER_SIZES,
  AnswerError: '',
  GraphError: 'The file violates the ONNX specification: export the model again.',
  DimensionError: 'Export the model again; the file is inconsistent.',
  ExternalDataError: 'Open the model together with all of its weight files.',
  ModelFormatError:
    'Choose an .onnx file: PyTorch, TensorFlow and scikit-learn can export their models to ONNX.',
  FileFormatError: 'Choose another file.',
  UnsupportedInputError: 'Choose another input.',
  BackendError: 'Try another backend.',
  OutOfMemoryError: 'Close other tabs, or choose a smaller variant or fewer lanes.',
  LaneDiedError: 'Run again to restart it; if it ends again, run fewer lanes or a smaller variant.',
  ProfileError: 'Run it again; the rest of the results do not depend on it.',
  MismatchError: 'Race only variants of one model.',
  CompressError: 'Choose other options, or another technique.',
  ReportError: 'Choose a .json or .csv file that a Reports page exported.',
  UnknownTaskError: 'Update the page.',
  NewerReportError: 'Update the page.',
  AddressError: 'Choose one here; your own files have to be dropped again.',
  StorageError:
    'Export what must not be lost; then allow this site to store data, or free up space.',
  CalibrationError: 'Export it again, or calibrate again.',
  ModeError: 'Reload the page: its latest version may support it.',
  // What to do depends on what happened, so its message says it.
  CaptureError: '',
};

export const adviceFor = (name: string): string =>
  (ADVICE as Readonly<Record<string, string>>)[name] ?? '';
