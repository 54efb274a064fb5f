import { Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Report } from '../../core/report/report.ts';
import { setNote } from '../../state/reports/history.ts';
import { Card } from '../parts/Card.tsx';

/** As long as a report's file allows. */
const MAX_LENGTH = 10_000;

/** The user's own words about it; kept when the field is left. */
export function NoteCard({ report }: { readonly report: Report }) {
  const [text, setText] = useState(report.note);
  return (
    <Card title="Your note">
      <Textarea
        aria-label="Note"
        autosize
        minRows={2}
        maxLength={MAX_LENGTH}
        placeholder="On battery, lid closed, room at 28 °C…"
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        onBlur={() => void setNote(report.id, text)}
      />
    </Card>
  );
}
