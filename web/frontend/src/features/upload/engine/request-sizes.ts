const MEBIBYTE = 1024 * 1024;

/** Sizes of requests in bytes, the largest first. Storages take no smaller parts, except as the last. */
export const REQUEST_SIZES = [32, 16, 8, 5].map((size) => size * MEBIBYTE) as [number, ...number[]];

/** The next smaller size to try where a request of `bytes` did not get through; null if there is none. */
export function smallerThan(bytes: number): number | null {
  return REQUEST_SIZES.find((size) => size < bytes) ?? null;
}
