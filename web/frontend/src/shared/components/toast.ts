import { notifications } from "@mantine/notifications";

/** A sentence that goes away by itself: something was done. */
export function toastDone(message: string): void {
  notifications.show({ message, color: "lagoon", autoClose: 4000 });
}

/** A sentence that stays long enough to be read: something did not work. */
export function toastProblem(message: string): void {
  notifications.show({ message, color: "red", autoClose: 10_000 });
}
