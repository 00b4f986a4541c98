import { fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";

import { renderInPage } from "@/shared/testing/render";

import { ALL_PICKS, type Wanted } from "../model/wanted";

import { LeftOutNote } from "./left-out-note";
import { PicksNumber } from "./picks-number";

const FIFTY: Wanted = { count: 50, share: null };
const picks = (wanted: Wanted, picked = 182, kept = 0) => ({ wanted, available: 182, picked, kept });

describe("the number of picks", () => {
  it("is all until somebody asks for fewer", async () => {
    const wanted = vi.fn();
    renderInPage(<PicksNumber picks={picks(ALL_PICKS)} onChange={wanted} />);
    const number = screen.getByRole("textbox", { name: /Number of picks/ });
    expect(number).toHaveValue("182");
    expect(screen.getByText("of 182 picks")).toBeInTheDocument();
    await userEvent.clear(number);
    await userEvent.type(number, "50{Enter}");
    expect(wanted).toHaveBeenLastCalledWith(FIFTY);
    await userEvent.clear(number);
    await userEvent.type(number, "25 %{Enter}");
    expect(wanted).toHaveBeenLastCalledWith({ count: null, share: 0.25 });
  });

  it("stays when the field is left empty or unchanged", async () => {
    const wanted = vi.fn();
    renderInPage(<PicksNumber picks={picks(FIFTY, 50)} onChange={wanted} />);
    const number = screen.getByRole("textbox", { name: /Number of picks/ });
    await userEvent.clear(number);
    await userEvent.tab();
    expect(number).toHaveValue("50");
    expect(wanted).not.toHaveBeenCalled();
  });

  it("is not overwritten by news while somebody types", async () => {
    const wanted = vi.fn();
    function Page() {
      const [kept, setKept] = useState(0);
      return (
        <>
          <PicksNumber picks={picks(ALL_PICKS, 182, kept)} onChange={wanted} />
          <button onClick={() => setKept(1)}>News</button>
        </>
      );
    }
    renderInPage(<Page />);
    const number = screen.getByRole("textbox", { name: /Number of picks/ });
    await userEvent.clear(number);
    await userEvent.type(number, "50");
    fireEvent.click(screen.getByRole("button", { name: "News" }));
    await userEvent.type(number, "{Enter}");
    expect(wanted).toHaveBeenCalledExactlyOnceWith(FIFTY);
  });

  it("becomes a share by the slider, and all at its end", async () => {
    const wanted = vi.fn();
    renderInPage(<PicksNumber picks={picks({ count: null, share: 0.99 }, 180)} onChange={wanted} />);
    const slider = screen.getByRole("slider", { name: "Share of all picks" });
    slider.focus();
    await userEvent.keyboard("{ArrowLeft}");
    expect(screen.getByRole("textbox", { name: /Number of picks/ })).toHaveValue("178");
    await vi.waitFor(() => expect(wanted).toHaveBeenLastCalledWith({ count: null, share: 0.98 }));
    await userEvent.keyboard("{End}");
    await vi.waitFor(() => expect(wanted).toHaveBeenLastCalledWith(ALL_PICKS));
  });
});

describe("what the number leaves out", () => {
  const show = vi.fn();
  const all = vi.fn();
  const note = (found: ReturnType<typeof picks>, isShown = false) =>
    renderInPage(<LeftOutNote picks={found} isShown={isShown} onShow={show} onAll={all} />);

  it("is said, with a way to it and a way back", async () => {
    note(picks(FIFTY, 50));
    expect(screen.getByRole("status")).toHaveTextContent("50 picked, spread over the album. 132 are left out.");
    await userEvent.click(screen.getByRole("button", { name: "Show what is left out" }));
    await userEvent.click(screen.getByRole("button", { name: "Take all" }));
    expect(show).toHaveBeenCalledOnce();
    expect(all).toHaveBeenCalledOnce();
  });

  it("is said plainly when somebody keeps more than the number", () => {
    note(picks(FIFTY, 62, 62));
    expect(screen.getByRole("status")).toHaveTextContent("You keep 62, more than the 50 you asked for.");
  });

  it("is nothing where all picks are wanted", () => {
    note(picks(ALL_PICKS));
    expect(screen.queryByRole("status")).not.toBeInTheDocument();
  });
});
