import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import type { Health } from "@/shared/api/health";
import { answerRequests, renderInPage } from "@/shared/testing/render";

import { noticeOf, ServiceNotices } from "./service-notices";

const WELL: Health = {
  status: "ready",
  database: "ok",
  broker: "ok",
  storage: "ok",
  workers: 2,
  embedding_model: "resnet50",
  warning: "",
};

describe("the notice about the service", () => {
  it("is the one thing most worth saying", () => {
    expect(noticeOf(true, WELL, false)).toBeNull();
    expect(noticeOf(false, { ...WELL, storage: "unavailable" }, true)).toBe("offline");
    expect(noticeOf(true, WELL, true)).toBe("unreachable");
    expect(noticeOf(true, { ...WELL, storage: "unavailable", broker: "unavailable" }, false)).toBe("storage");
    expect(noticeOf(true, { ...WELL, broker: "unavailable", workers: 0 }, false)).toBe("broker");
    expect(noticeOf(true, { ...WELL, workers: 0 }, false)).toBe("workers");
    expect(noticeOf(true, { ...WELL, embedding_model: "descriptor", warning: "no weights" }, false)).toBe("descriptor");
  });

  it("about missing weights can be dismissed permanently, one about trouble cannot", async () => {
    const user = userEvent.setup();
    let health: Health = { ...WELL, embedding_model: "descriptor", warning: "no weights" };
    answerRequests(() => ({ body: health }));
    const first = renderInPage(<ServiceNotices />);
    await user.click(await screen.findByRole("button", { name: "Got it" }));
    expect(screen.queryByText(/trained model/)).not.toBeInTheDocument();
    first.unmount();

    health = { ...health, storage: "unavailable", status: "unready" };
    renderInPage(<ServiceNotices />);
    expect(await screen.findByText(/photo storage is down/)).toBeInTheDocument();
    expect(screen.queryByRole("button")).not.toBeInTheDocument();
  });
});
