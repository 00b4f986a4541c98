import { type ReactNode, useRef } from "react";

import { type Picked, PHOTO_TYPES, pickedByInput, sortOut } from "./picked-file";
import { readDirectory } from "./read-drop";

export interface FilePicker {
  choosePhotos: () => void;
  chooseFolder: () => void;
  /** Put these anywhere in the page: they open the browser's file pickers. */
  inputs: ReactNode;
}

/** Phones can pick photos but not folders. */
export function canChooseFolders(): boolean {
  return "webkitdirectory" in HTMLInputElement.prototype && !matchMedia("(pointer: coarse)").matches;
}

export function useFilePicker(onPicked: (picked: Picked) => void): FilePicker {
  const photos = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);

  async function chooseByHandle(pick: () => Promise<FileSystemDirectoryHandle>) {
    let root: FileSystemDirectoryHandle;
    try {
      root = await pick();
    } catch {
      return; // Cancelled in the browser's dialog.
    }
    onPicked(sortOut(await readDirectory(root), root.name));
  }

  function take(input: HTMLInputElement) {
    if (input.files?.length) onPicked(pickedByInput(input.files));
    input.value = ""; // The same files can be chosen again.
  }

  const hidden = { type: "file", multiple: true, hidden: true, tabIndex: -1, "aria-hidden": true } as const;
  return {
    choosePhotos: () => photos.current?.click(),
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
          accept={PHOTO_TYPES}
          data-testid="photo-input"
          onChange={(event) => take(event.currentTarget)}
        />
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
