import { QueryClientProvider } from "@tanstack/react-query";
import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import type { ReactNode } from "react";
import { expect, it, vi } from "vitest";

import { createQueryClient } from "@/shared/api/query-client";
import { answerRequests, renderInPage } from "@/shared/testing/render";

import { LeftOutFiles } from "./left-out-files";
import { NOTHING_LEFT_OUT } from "./picked-file";
import { useSortedFiles } from "./use-sorted-files";

function TakeButton({ onPicked }: { onPicked: () => void }) {
  const { take } = useSortedFiles(onPicked);
  const file = new File([new Uint8Array([0xff, 0xd8, 0xff])], "a.jpg");
  return <button onClick={() => take({ files: [{ file, path: "a.jpg" }], folder: null })}>Take</button>;
}

async function takeFiles(page: ReactNode) {
  renderInPage(<QueryClientProvider client={createQueryClient()}>{page}</QueryClientProvider>);
  await userEvent.click(screen.getByRole("button"));
}

it("takes files at once while the service does not answer", async () => {
  const asked = answerRequests(() => ({ status: 503 }));
  const picked = vi.fn();
  await takeFiles(<TakeButton onPicked={picked} />);
  await expect.poll(() => picked.mock.calls.length).toBe(1);
  expect(asked.filter(({ path }) => path.includes("upload-limits"))).toHaveLength(1);
});

it("does so also beside the list of what is left out, which asks for the limits, too", async () => {
  answerRequests(() => ({ status: 503 }));
  const picked = vi.fn();
  await takeFiles(
    <>
      <TakeButton onPicked={picked} />
      <LeftOutFiles leftOut={NOTHING_LEFT_OUT} />
    </>,
  );
  await expect.poll(() => picked.mock.calls.length).toBe(1);
});
