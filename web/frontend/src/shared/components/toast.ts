import { notifications } from "@mantine/notifications";

/** A short message that something worked; it disappears by itself. */
export function toastDone(message: string): void {
  notifications.show({ message, color: "lagoon", autoClose: 4000 });
}

/** A message that something failed; it stays long enough to be read. */
export function toastProblem(message: string): void {
  notifications.show({ message, color: "red", autoClose: 10_000 });
}
