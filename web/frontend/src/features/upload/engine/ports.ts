import type {
  PresignedUpload,
  UploadCompletion,
  UploadFile,
  UploadParts,
  UploadResult,
} from "@/shared/api/schema-types";
import type { PickedFile } from "@/shared/files/picked-file";

/** What the queue needs from outside; tests replace it. */
export interface UploadService {
  announce: (files: UploadFile[]) => Promise<UploadResult[]>;
  complete: (photoIds: string[]) => Promise<UploadCompletion>;
  /** The parts of a file that have not arrived, none of them larger than `mostBytes` if that can be. */
  parts: (photoId: string, mostBytes: number) => Promise<UploadParts>;
  /** How many photos were announced and not confirmed: leftovers of an interrupted upload. */
  countPending: () => Promise<number>;
}

export interface Hasher {
  /** SHA-256 in hexadecimal. Rejects when the file cannot be read any more. */
  hash: (file: File, signal: AbortSignal) => Promise<string>;
}

export interface Transport {
  /** Send a file, or a part of one, by its presigned upload. Rejects with `SendRefused`, `ConnectionLost` or an AbortError. */
  send: (
    file: Blob,
    presignedUpload: PresignedUpload,
    onProgress: (bytes: number) => void,
    signal: AbortSignal,
  ) => Promise<void>;
}

/** What survives a reload. Without it, everything works except continuing after a reload. */
export interface Memory {
  hashOf: (picked: PickedFile) => Promise<string | null>;
  keepHash: (picked: PickedFile, sha256: string) => Promise<void>;
  keepOpen: (records: OpenRecord[]) => Promise<void>;
  forgetOpen: (albumId: string, keys: string[]) => Promise<void>;
}

/** A file that was chosen and has not arrived, kept for the next visit. */
export interface OpenRecord {
  albumId: string;
  key: string;
  path: string;
  handle?: FileSystemFileHandle;
  root?: FileSystemDirectoryHandle;
}

export interface Clock {
  now: () => number;
  /** Returns the function that cancels it. */
  after: (milliseconds: number, call: () => void) => () => void;
}

/** All of it. */
export interface World {
  service: UploadService;
  hasher: Hasher;
  transport: Transport;
  memory: Memory;
  clock: Clock;
}

/** The storage answered and refused the file. */
export class SendRefused extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`The storage answered ${status}.`);
    this.name = "SendRefused";
    this.status = status;
  }
}

/** The file was changed, moved or deleted after it was chosen. */
export class FileUnreadable extends Error {
  constructor(cause: unknown) {
    super("The file cannot be read any more.", { cause });
    this.name = "FileUnreadable";
  }
}
