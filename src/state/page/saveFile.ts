/** Hands the user a file, as a download. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken its copy once the click is handled.
  setTimeout(() => URL.revokeObjectURL(url));
}

/** A title as part of a file's name: "Digits, int8" as "Digits-int8". */
export const fileTitle = (title: string): string => title.replaceAll(/[^\w.-]+/g, '-');
