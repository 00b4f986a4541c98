import { type ReactNode, useRef } from "react";

import { TAKEN_TYPES } from "./file-rules";
import { isPhone } from "./is-phone";
import { type Chosen, chosenByInput } from "./picked-file";
import { readDirectory } from "./read-drop";

export interface FilePicker {
  choosePhotos: () => void;
  /** Without saying that they are photos: Android's picker of photos leaves out their places and names. */
  chooseFiles: () => void;
  chooseFolder: () => void;
  /** Put these anywhere in the page: they open the browser's file pickers. */
  inputs: ReactNode;
}

/** Only what a gallery has: with any other type, a phone shows its files instead. `.heic` keeps iPhones from converting. */
const GALLERY_TYPES = "image/*,video/*,.heic,.heif";

/** Phones can pick photos but not folders. */
export function canChooseFolders(): boolean {
  return "webkitdirectory" in HTMLInputElement.prototype && !isPhone();
}

export function useFilePicker(onChosen: (chosen: Chosen) => void): FilePicker {
  const photos = useRef<HTMLInputElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);

  async function chooseByHandle(pick: () => Promise<FileSystemDirectoryHandle>) {
    let root: FileSystemDirectoryHandle;
    try {
      root = await pick();
    } catch {
      return; // Cancelled in the browser's dialog.
    }
    onChosen({ files: await readDirectory(root), folder: root.name });
  }

  function take(input: HTMLInputElement) {
    if (input.files?.length) onChosen(chosenByInput(input.files));
    input.value = ""; // The same files can be chosen again.
  }

  const hidden = { type: "file", multiple: true, hidden: true, tabIndex: -1, "aria-hidden": true } as const;
  return {
    choosePhotos: () => photos.current?.click(),
    chooseFiles: () => files.current?.click(),
    chooseFolder: () => {
      const pick = window.showDirectoryPicker;
      if (pick) void chooseByHandle(() => pick({ id: "photos", mode: "read" }));
      else folder.current?.click();
    },
    inputs: (
      <>
        <input
          {...hidden}
          ref={photos}
          accept={isPhone() ? GALLERY_TYPES : TAKEN_TYPES}
          data-testid="photo-input"
          onChange={(event) => take(event.currentTarget)}
        />
        <input {...hidden} ref={files} data-testid="file-input" onChange={(event) => take(event.currentTarget)} />
        <input
          {...hidden}
          ref={folder}
          // React has no name for this attribute.
          {...{ webkitdirectory: "" }}
          data-testid="folder-input"
          onChange={(event) => take(event.currentTarget)}
        />
      </>
    ),
  };
}
