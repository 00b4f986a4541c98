import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import { answerRequests, renderInPage } from "@/shared/testing/render";

import { LeftOutFiles } from "./left-out-files";
import { NOTHING_LEFT_OUT } from "./picked-file";

describe("the list of what is left out", () => {
  it("says how many, which, and why", async () => {
    answerRequests(() => ({ body: { photo_bytes: 200_000_000, video_bytes: 2_000_000_000 } }));
    const leftOut = {
      ...NOTHING_LEFT_OUT,
      picture: ["Trip/a.PSD", "Trip/10.pdf", "Trip/2.pdf"],
      large: ["Trip/wall.tif"],
      largeVideo: ["Trip/play.mov"],
      passedOver: ["Trip/.DS_Store", "Trip/@eaDir/a.jpg"],
    };
    renderInPage(<LeftOutFiles leftOut={leftOut} />);
    expect(await screen.findByText("1 photo larger than 200 MB.")).toBeInTheDocument();
    expect(screen.getByText("1 video larger than 2 GB.")).toBeInTheDocument();
    expect(screen.getByText("5 files are not uploaded")).toBeInTheDocument();
    expect(screen.getByText(/^Passed over: 2 files/)).toBeInTheDocument();
    expect(screen.queryByText("Trip/.DS_Store")).not.toBeInTheDocument();

    await userEvent.click(screen.getByText(/^3 files in formats that the service does not read \(PDF, PSD\)/));
    const [group] = screen.getAllByRole("group").filter((one) => one.hasAttribute("open"));
    expect([...(group?.querySelectorAll("li") ?? [])].map((item) => item.textContent)).toEqual([
      "Trip/2.pdf",
      "Trip/10.pdf",
      "Trip/a.PSD",
    ]);
  });

  it("is one quiet line where only systems' files are left out", () => {
    answerRequests(() => ({ body: { photo_bytes: 200_000_000, video_bytes: 2_000_000_000 } }));
    renderInPage(<LeftOutFiles leftOut={{ ...NOTHING_LEFT_OUT, passedOver: ["Thumbs.db"] }} />, { language: "sv" });
    expect(screen.getByText(/^Förbigången: 1 fil/)).toBeInTheDocument();
    expect(screen.queryByText(/laddas inte upp/)).not.toBeInTheDocument();
  });
});
