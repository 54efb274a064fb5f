import { Suspense } from 'react';
import { type StoredProps, viewsOf } from '../bench/modes/views.ts';

/** What was measured, drawn by what draws it live. */
export function StoredFound(props: StoredProps) {
  const { Stored } = viewsOf(props.report.found.kind);
  return <Suspense fallback={null}>{Stored && <Stored {...props} />}</Suspense>;
}
