import { QueryClientProvider } from "@tanstack/react-query";
import { act, fireEvent, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";

import { createQueryClient } from "@/shared/api/query-client";
import type { CameraClock } from "@/shared/api/schema-types";
import type { Language } from "@/shared/i18n/languages";
import { answerRequests, renderInPage } from "@/shared/testing/render";

import { ClockDialog } from "./clock-dialog";

const CANON: CameraClock = {
  camera: "Canon R6",
  serial: "1",
  photo_count: 12,
  first_photo: "00000000-0000-4000-8000-000000000001",
  first_thumbnail_url: "/thumbnail",
  first_at: "2024-06-08T12:00:00.250000",
  last_at: "2024-06-08T13:00:00",
  added_seconds: 0,
  shift_seconds: null,
};
const PHONE = { ...CANON, camera: "Phone", serial: "", photo_count: 1, shift_seconds: -3600 };
const PHOTO = {
  id: "p",
  name: "IMG_1.jpg",
  camera: "Phone",
  capture: {},
  time_source: "exif",
  taken_at: "2024-06-08T15:00:00+02:00",
  thumbnail_url: "/other",
};

function show(photoId: string | null = null, photo: object = PHOTO, language: Language = "en") {
  answerRequests(({ path }) => ({ body: path.includes("/clocks/") ? { results: [CANON, PHONE] } : photo }));
  const changed = vi.fn();
  renderInPage(<ClockDialog albumId="a" shown={{ photoId }} onChange={changed} onClose={vi.fn()} />, { language });
  return changed;
}

describe("the dialog for a camera's clock", () => {
  it("shifts a camera by days, hours and minutes, and says what becomes of its photos", async () => {
    const changed = show();
    expect(await screen.findByRole("option", { name: "Phone (1 photo)" })).toBeInTheDocument();
    expect(screen.getByRole("radiogroup", { name: "The right time is" })).toBeVisible();
    await userEvent.click(screen.getByText("Earlier"));
    await userEvent.type(screen.getByLabelText("Hours"), "2", { initialSelectionStart: 0, initialSelectionEnd: 1 });
    expect(screen.getByRole("status")).toHaveTextContent(/12 photos.*8 Jun 2024, 12:00 becomes 8 Jun 2024, 10:00/);
    await userEvent.click(screen.getByRole("button", { name: "Correct" }));
    expect(changed).toHaveBeenCalledWith({ camera: "Canon R6", serial: "1", seconds: -7200, count: 12 });
  });

  it("takes the right time of one photo", async () => {
    const changed = show("p");
    const time = await screen.findByLabelText(/this photo.s right time/);
    expect(time).toHaveValue("2024-06-08T14:00");
    fireEvent.change(time, { target: { value: "2024-06-09T15:30:10" } });
    expect(screen.getByLabelText("Days")).toHaveValue("1");
    await userEvent.click(screen.getByRole("button", { name: "Correct" }));
    expect(changed).toHaveBeenCalledWith({ camera: "Phone", serial: "", seconds: 88_210, count: 1 });
  });

  it("leaves a clock to the grouping again", async () => {
    const changed = show("p", PHOTO, "sv");
    await userEvent.click(await screen.findByRole("button", { name: "Låt grupperingen avgöra" }));
    expect(changed).toHaveBeenCalledWith({ camera: "Phone", serial: "", seconds: null, count: 1 });
  });

  it("says so where no clock dated the photo", async () => {
    show("p", { ...PHOTO, time_source: "file" });
    expect(await screen.findByText(/No camera's clock dated this photo/)).toBeVisible();
  });

  it("stays with the chosen camera when the cameras come in another order", async () => {
    let clocks = [CANON, PHONE];
    answerRequests(() => ({ body: { results: clocks } }));
    const changed = vi.fn();
    renderInPage(<ClockDialog albumId="a" shown={{ photoId: null }} onChange={changed} onClose={vi.fn()} />);
    await userEvent.selectOptions(await screen.findByLabelText("Camera"), "Phone (1 photo)");
    clocks = [{ ...PHONE, photo_count: 2 }, CANON];
    window.dispatchEvent(new Event("visibilitychange"));
    await screen.findByRole("option", { name: "Phone (2 photos)" });
    await userEvent.click(screen.getByRole("button", { name: "Correct" }));
    expect(changed).toHaveBeenCalledWith({ camera: "Phone", serial: "", seconds: -3600, count: 2 });
  });

  it("keeps what was typed when a second request fails", async () => {
    let status = 200;
    answerRequests(() => ({ status, body: { results: [CANON] } }));
    const client = createQueryClient();
    renderInPage(
      <QueryClientProvider client={client}>
        <ClockDialog albumId="a" shown={{ photoId: null }} onChange={vi.fn()} onClose={vi.fn()} />
      </QueryClientProvider>,
    );
    await userEvent.type(await screen.findByLabelText("Days"), "3");
    status = 404;
    await act(async () => {
      await client.refetchQueries();
      await new Promise((resolve) => setTimeout(resolve)); // after the query has told the page
    });
    expect(screen.getByLabelText("Days")).toHaveValue("3");
  });

  it("asks again only for what failed", async () => {
    let isDown = true;
    answerRequests(({ path }) => {
      if (!path.includes("/clocks/")) return undefined;
      return isDown ? { status: 503 } : { body: { results: [CANON] } };
    });
    renderInPage(<ClockDialog albumId="a" shown={{ photoId: null }} onChange={vi.fn()} onClose={vi.fn()} />);
    const again = await screen.findByRole("button", { name: "Try again" });
    isDown = false;
    await userEvent.click(again);
    expect(await screen.findByLabelText("Camera")).toBeVisible();
  });
});
