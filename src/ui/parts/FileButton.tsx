import { type ReactNode, useRef } from 'react';
import { TextButton } from './TextButton.tsx';

interface FilePickerProps {
  /** What is picked, for those who cannot see the button: "ONNX files". */
  readonly label: string;
  readonly accept?: string;
  readonly multiple?: boolean;
  /** Given one file at least. */
  readonly onFiles: (files: [File, ...File[]]) => void;
  /** The button; `pick` opens the browser's own dialog. */
  readonly children: (pick: () => void) => ReactNode;
}

/** Lets the user pick files with whatever button. */
export function FilePicker({
  label,
  accept,
  multiple = false,
  onFiles,
  children,
}: FilePickerProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      {children(() => input.current?.click())}
      <input
        ref={input}
        type="file"
        accept={accept}
        multiple={multiple}
        hidden
        aria-label={label}
        onChange={({ currentTarget }) => {
          const [first, ...others] = currentTarget.files ?? [];
          if (first) onFiles([first, ...others]);
          // The same file may be picked again after it was mended.
          currentTarget.value = '';
        }}
      />
    </>
  );
}

interface FileButtonProps extends Omit<FilePickerProps, 'children'> {
  readonly disabled: boolean;
  readonly children: ReactNode;
}

/** Words of a sentence that let the user pick files. */
export function FileButton({ disabled, children, ...picker }: FileButtonProps) {
  return (
    <FilePicker {...picker}>
      {(pick) => (
        <TextButton disabled={disabled} onClick={pick}>
          {children}
        </TextButton>
      )}
    </FilePicker>
  );
}
