import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { answerRequests, renderInPage } from "@/shared/testing/render";

import { askToTell, useAskedAlbums } from "./asked-albums";
import { TellWhenDone } from "./tell-when-done";
import { useDoneNotice } from "./use-done-notice";

const shown: string[] = [];
class FakeNotification {
  static permission: NotificationPermission = "default";
  static answer: NotificationPermission = "granted";
  static asked = 0;
  static requestPermission() {
    this.asked += 1;
    this.permission = this.answer;
    return Promise.resolve(this.permission);
  }
  onclick: (() => void) | null = null;
  constructor(title: string) {
    shown.push(title);
  }
}

beforeEach(() => {
  shown.length = 0;
  FakeNotification.permission = "default";
  FakeNotification.answer = "granted";
  FakeNotification.asked = 0;
  vi.stubGlobal("Notification", FakeNotification);
});
afterEach(() => {
  sessionStorage.clear();
  Reflect.deleteProperty(globalThis, "Notification");
});

function Watch({ isUploading }: { isUploading: boolean }) {
  const isAsked = useAskedAlbums().includes("a");
  return isAsked ? <Watching isUploading={isUploading} /> : <p>nothing asked</p>;
}
function Watching({ isUploading }: { isUploading: boolean }) {
  useDoneNotice({ albumId: "a", name: "Midsummer", isUploading, onOpen: () => undefined });
  return null;
}

it("asks for the permission only when somebody uses the switch", async () => {
  renderInPage(<TellWhenDone albumId="a" />);
  const wanted = screen.getByRole("switch", { name: "Tell me when it is done" });
  expect(FakeNotification.asked).toBe(0);
  await userEvent.click(wanted);
  expect(FakeNotification.asked).toBe(1);
  await waitFor(() => expect(wanted).toBeChecked());
  await userEvent.click(wanted);
  await waitFor(() => expect(wanted).not.toBeChecked());
});

it("says why there will be none, and offers none where it is refused already", async () => {
  FakeNotification.answer = "denied";
  const first = renderInPage(<TellWhenDone albumId="a" />);
  await userEvent.click(screen.getByRole("switch"));
  expect(await screen.findByText(/does not let this page show notifications/)).toBeVisible();
  first.unmount();
  renderInPage(<TellWhenDone albumId="a" />);
  expect(screen.queryByRole("switch")).not.toBeInTheDocument();
});

it("tells once, when all has come and is grouped", async () => {
  FakeNotification.permission = "granted";
  let isDone = false;
  answerRequests(() => ({ body: { done: isDone, grouping: "current", pending: 0, unfinished: isDone ? 0 : 1 } }));
  askToTell("a");
  renderInPage(<Watch isUploading={false} />);
  await waitFor(() => expect(screen.queryByText("nothing asked")).not.toBeInTheDocument());
  expect(shown).toEqual([]);
  isDone = true;
  expect(await screen.findByText("nothing asked", {}, { timeout: 4_000 })).toBeVisible();
  expect(shown).toEqual(["Midsummer is ready"]);
});

it("does not tell while files are still sent, although those that came are done", async () => {
  FakeNotification.permission = "granted";
  const asked = answerRequests(() => ({ body: { done: true, grouping: "current", pending: 0, unfinished: 0 } }));
  askToTell("a");
  renderInPage(<Watch isUploading />);
  await waitFor(() => expect(asked.length).toBeGreaterThan(0));
  expect(shown).toEqual([]);
});

it("asks no more about an album that is gone", async () => {
  answerRequests(() => ({ status: 404, body: { code: "not_found", status: 404, detail: "Not found." } }));
  askToTell("a");
  renderInPage(<Watch isUploading={false} />);
  expect(await screen.findByText("nothing asked")).toBeVisible();
  expect(shown).toEqual([]);
});
