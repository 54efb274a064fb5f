/**
 * Named errors. A message states neutral facts with the bad value; the advice for each name is
 * added where it is shown. Only `name`, `message` and `stack` survive a thread crossing, so the
 * name is the discriminator.
 */
export type FaultName =
  | 'DownloadError'
  | 'TruncatedError'
  | 'IntegrityError'
  | 'ManifestError'
  | 'RuntimeMissingError'
  | 'ModelUnreadableError'
  | 'ModelVersionError'
  | 'ModelRejectedError'
  | 'OperatorError'
  | 'RunError'
  | 'SizeError'
  | 'AnswerError'
  | 'GraphError'
  | 'DimensionError'
  | 'ExternalDataError'
  | 'ModelFormatError'
  | 'FileFormatError'
  | 'UnsupportedInputError'
  | 'BackendError'
  | 'OutOfMemoryError'
  | 'LaneDiedError'
  | 'ProfileError'
  | 'MismatchError'
  | 'CompressError'
  | 'CalibrationError'
  | 'UnknownTaskError'
  | 'ReportError'
  | 'NewerReportError'
  | 'StorageError'
  | 'AddressError'
  | 'CaptureError'
  | 'ModeError';

export class Fault extends Error {
  constructor(name: FaultName, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = name;
  }
}

/** Turns anything thrown into an Error, so that a handler can rely on `name` and `message`. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** For the default branch of a switch over a union: compiles only when every case is handled. */
export function unreachable(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}
