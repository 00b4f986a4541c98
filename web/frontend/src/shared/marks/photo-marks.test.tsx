import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";

import { renderInPage } from "@/shared/testing/render";

import { StarsRow } from "./mark-rows";
import type { Marks } from "./marks";
import { MarksBadge } from "./marks-badge";
import { PhotoMarks } from "./photo-marks";

function Photo({ onChange }: { onChange: (marks: Marks) => void }) {
  const [marks, setMarks] = useState<Marks>({ stars: 0, label: "" });
  const change = (next: Marks) => {
    setMarks(next);
    onChange(next);
  };
  return (
    <PhotoMarks
      marks={marks}
      onStars={(stars) => change({ ...marks, stars })}
      onLabel={(label) => change({ ...marks, label })}
    />
  );
}

const radio = (name: string) => screen.getByRole("radio", { name });
const checked = () => screen.getAllByRole("radio", { checked: true }).map((one) => one.getAttribute("aria-label"));

describe("the stars and labels of a photo", () => {
  it("are given by one tap and taken back by a second", async () => {
    const changed = vi.fn();
    renderInPage(<Photo onChange={changed} />);
    expect(screen.queryAllByRole("radio", { checked: true })).toEqual([]);
    await userEvent.click(radio("3 stars"));
    await userEvent.click(radio("Green"));
    expect(checked()).toEqual(["3 stars", "Green"]);
    await userEvent.click(radio("5 stars"));
    await userEvent.click(radio("Green"));
    expect(checked()).toEqual(["5 stars"]);
    await userEvent.click(radio("5 stars"));
    expect(changed).toHaveBeenLastCalledWith({ stars: 0, label: "" });
  });

  it("are one stop of the tab key each, and the arrows move without choosing", async () => {
    const changed = vi.fn();
    renderInPage(<Photo onChange={changed} />);
    await userEvent.tab();
    expect(radio("1 star")).toHaveFocus();
    await userEvent.keyboard("{ArrowRight}{ArrowRight}");
    expect(radio("3 stars")).toHaveFocus();
    expect(changed).not.toHaveBeenCalled();
    await userEvent.keyboard(" ");
    expect(changed).toHaveBeenLastCalledWith({ stars: 3, label: "" });
    await userEvent.tab();
    expect(radio("Red")).toHaveFocus();
    await userEvent.keyboard("{ArrowLeft}{Enter}");
    expect(changed).toHaveBeenLastCalledWith({ stars: 3, label: "purple" });
  });

  it("leave the focus where it was when a pointer gives them", async () => {
    renderInPage(
      <>
        <button type="button">photo</button>
        <Photo onChange={vi.fn()} />
      </>,
    );
    await userEvent.click(screen.getByRole("button", { name: "photo" }));
    await userEvent.click(radio("2 stars"));
    expect(screen.getByRole("button", { name: "photo" })).toHaveFocus();
  });

  it("are called by their names in Swedish", () => {
    renderInPage(<Photo onChange={vi.fn()} />, { language: "sv" });
    const rows = screen.getAllByRole("radiogroup").map((row) => within(row).getAllByRole("radio").at(-1));
    expect(rows.map((last) => last?.getAttribute("aria-label"))).toEqual(["5 stjärnor", "Lila"]);
  });
});

it("says the least number of stars that is wanted, which stays at a second tap", async () => {
  const wanted = vi.fn();
  renderInPage(<StarsRow stars={2} onStars={wanted} isLeast />);
  await userEvent.click(radio("2 stars or more"));
  expect(wanted).toHaveBeenLastCalledWith(2);
});

it("marks only pictures that were given something", () => {
  const { container } = renderInPage(
    <>
      <MarksBadge photo={{}} />
      <MarksBadge photo={{ stars: 4, label: "red" }} />
      <MarksBadge photo={{}} chosen={7} />
    </>,
  );
  const badges = container.querySelectorAll("[aria-hidden]");
  expect([...badges].map((badge) => badge.textContent).filter(Boolean)).toEqual(["4", "7"]);
  expect(container.querySelectorAll("[data-label=red]")).toHaveLength(1);
});
