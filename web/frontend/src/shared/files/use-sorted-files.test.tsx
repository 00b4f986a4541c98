import { QueryClientProvider } from "@tanstack/react-query";
import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, it, vi } from "vitest";

import { createQueryClient } from "@/shared/api/query-client";
import { answerRequests, renderInPage } from "@/shared/testing/render";

import { useSortedFiles } from "./use-sorted-files";

it("takes files at once while the service does not answer", async () => {
  const asked = answerRequests(() => ({ status: 503 }));
  const picked = vi.fn();
  const file = new File([new Uint8Array([0xff, 0xd8, 0xff])], "a.jpg");
  function Page() {
    const { take } = useSortedFiles(picked);
    return <button onClick={() => take({ files: [{ file, path: "a.jpg" }], folder: null })}>Take</button>;
  }
  renderInPage(
    <QueryClientProvider client={createQueryClient()}>
      <Page />
    </QueryClientProvider>,
  );
  await userEvent.click(screen.getByRole("button"));
  await expect.poll(() => picked.mock.calls.length).toBe(1);
  expect(asked.filter(({ path }) => path.includes("upload-limits"))).toHaveLength(1);
});
